package dev.larder.patterns.behind;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Java serialisation that reads no class but those it was made for. */
final class SerialCodec<T extends Serializable> implements JournalCodec<T> {

    private static final int MAX_DEPTH = 50;

    private static final Set<String> PLAIN_PACKAGES = Set.of("java.lang", "java.math", "java.time");
    private static final Set<String> COLLECTIONS = Set.of(
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.CollSer",
            "java.util.Date",
            "java.util.EnumMap",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.Map$Entry",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.UUID");

    /** What the JDK's unmodifiable and single-valued collections are. */
    private static final List<String> NESTED_COLLECTIONS =
            List.of("java.util.Collections$", "java.util.ImmutableCollections$");

    private final Class<T> type;
    private final Set<String> allowed = new HashSet<>(COLLECTIONS);

    SerialCodec(Class<T> type, Class<?>... parts) {
        this.type = type;
        allowed.add(type.getName());
        List.of(parts).forEach(part -> allowed.add(part.getName()));
    }

    @Override
    public byte[] encode(T object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException("a " + object.getClass().getName() + " cannot be serialised", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public T decode(byte[] bytes) {
        try (ObjectInputStream in = new Stream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(this::check);
            return type.cast(in.readObject());
        } catch (IOException e) {
            throw new UncheckedIOException("a " + type.getName() + " cannot be read", e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class of a " + type.getName() + " is gone", e);
        }
    }

    private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
        Class<?> found = info.serialClass();
        boolean fine = info.depth() <= MAX_DEPTH && (found == null || isAllowed(found));
        return fine ? ObjectInputFilter.Status.ALLOWED : ObjectInputFilter.Status.REJECTED;
    }

    private boolean isAllowed(Class<?> found) {
        Class<?> element = found;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        String name = element.getName();
        return element.isPrimitive()
                || allowed.contains(name)
                || NESTED_COLLECTIONS.stream().anyMatch(name::startsWith)
                || PLAIN_PACKAGES.contains(element.getPackageName());
    }

    /** Looks for classes where the type comes from. */
    private final class Stream extends ObjectInputStream {

        Stream(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, type.getClassLoader());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description); // primitives
            }
        }
    }
}
