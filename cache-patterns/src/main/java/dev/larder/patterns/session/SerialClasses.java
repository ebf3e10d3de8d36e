package dev.larder.patterns.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which classes are read by Java serialisation. */
final class SerialClasses {

    private static final int MOST_DEPTH = 32;
    private static final int MOST_REFERENCES = 100_000;

    /** Of these packages of the JDK, what holds values and does nothing. */
    private static final Set<String> JDK = Set.of(
            "java.lang.Number",
            "java.lang.Enum",
            "java.lang.Object",
            "java.lang.Boolean",
            "java.lang.Character",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.lang.String",
            "java.math.BigInteger",
            "java.math.BigDecimal",
            "java.net.URI",
            "java.time.Ser",
            "java.time.DayOfWeek",
            "java.time.Month",
            "java.util.AbstractList",
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.Vector",
            "java.util.Stack",
            "java.util.ArrayDeque",
            "java.util.Arrays$ArrayList",
            "java.util.HashSet",
            "java.util.LinkedHashSet",
            "java.util.TreeSet",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.Hashtable",
            "java.util.Dictionary",
            "java.util.EnumMap",
            "java.util.EnumSet$SerializationProxy",
            "java.util.CollSer",
            "java.util.Date",
            "java.util.UUID",
            "java.util.Locale",
            "java.util.Currency",
            "java.util.Map$Entry",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentHashMap$Segment",
            "java.util.concurrent.CopyOnWriteArrayList",
            "java.util.concurrent.locks.ReentrantLock",
            "java.util.concurrent.locks.ReentrantLock$Sync",
            "java.util.concurrent.locks.ReentrantLock$NonfairSync",
            "java.util.concurrent.locks.AbstractQueuedSynchronizer",
            "java.util.concurrent.locks.AbstractOwnableSynchronizer",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicBoolean",
            "java.util.Collections$EmptyList",
            "java.util.Collections$EmptySet",
            "java.util.Collections$EmptyMap",
            "java.util.Collections$SingletonList",
            "java.util.Collections$SingletonSet",
            "java.util.Collections$SingletonMap",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.Collections$UnmodifiableSet",
            "java.util.Collections$UnmodifiableMap",
            "java.util.Collections$SynchronizedCollection",
            "java.util.Collections$SynchronizedList",
            "java.util.Collections$SynchronizedRandomAccessList",
            "java.util.Collections$SynchronizedSet",
            "java.util.Collections$SynchronizedMap");

    private final @Nullable Map<String, Class<?>> users;
    private final ObjectInputFilter filter;

    private SerialClasses(@Nullable Map<String, Class<?>> users, ObjectInputFilter filter) {
        this.users = users;
        this.filter = filter;
    }

    static SerialClasses allowing(Class<?>... allowed) {
        Map<String, Class<?>> users = new HashMap<>();
        for (Class<?> each : allowed) {
            for (Class<?> type = each; type != null; type = type.getSuperclass()) {
                users.put(type.getName(), type);
            }
        }
        Set<String> names = new HashSet<>(JDK);
        names.addAll(users.keySet());
        return new SerialClasses(users, info -> isAllowed(info, names) ? Status.ALLOWED : Status.REJECTED);
    }

    static SerialClasses filtered(ObjectInputFilter filter) {
        return new SerialClasses(
                null, info -> filter.checkInput(info) == Status.ALLOWED ? Status.ALLOWED : Status.REJECTED);
    }

    private static boolean isAllowed(FilterInfo info, Set<String> names) {
        Class<?> type = info.serialClass();
        while (type != null && type.isArray()) {
            type = type.getComponentType();
        }
        return type == null || type.isPrimitive() || names.contains(type.getName());
    }

    /** Opens bytes of which there are so many. */
    ObjectInputStream open(InputStream bytes, int length) throws IOException {
        return new Input(bytes, info -> exceedsLimits(info, length) ? Status.REJECTED : filter.checkInput(info));
    }

    private static boolean exceedsLimits(FilterInfo info, int length) {
        return info.depth() > MOST_DEPTH
                || info.references() > MOST_REFERENCES
                || info.arrayLength() > 4L * length + 64;
    }

    /** Looks for classes among the allowed ones, and for those of the JDK where they are; loads no other. */
    private final class Input extends ObjectInputStream {

        Input(InputStream bytes, ObjectInputFilter checks) throws IOException {
            super(bytes);
            ObjectInputFilter ofTheJvm = getObjectInputFilter();
            setObjectInputFilter(ofTheJvm == null ? checks : ObjectInputFilter.merge(checks, ofTheJvm));
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            String name = description.getName();
            if (users == null) {
                return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            }
            String element = elementOf(name);
            Class<?> type = users.get(element);
            if (type == null && !element.isEmpty() && !JDK.contains(element)) {
                throw new InvalidClassException("a class that is not allowed");
            }
            return type == null || name.startsWith("[") ? super.resolveClass(description) : type;
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws InvalidClassException {
            throw new InvalidClassException("a proxy, which is never allowed");
        }
    }

    /** Returns the class of the elements of an array, or the name itself; nothing for arrays of primitives. */
    private static String elementOf(String name) {
        String element = name.substring(name.lastIndexOf('[') + 1);
        if (element.length() == name.length()) {
            return name;
        }
        return element.startsWith("L") && element.endsWith(";") ? element.substring(1, element.length() - 1) : "";
    }
}
