package dev.larder.spring.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects of allowed types, and no more of them than the bytes can hold. A class that is not allowed is not loaded, and one that is, is not initialised before an
 * object of it is made. A filter of the JVM is asked, too.
 */
final class AllowedInput extends ObjectInputStream {

    private static final int MOST_DEPTH = 32;
    private static final int MOST_REFERENCES = 100_000;

    /** An array takes a byte an element at least, and a table of hashes less than four times the elements: more is no array but an attack on memory. */
    private static final int ELEMENTS_PER_BYTE = 4;

    private static final int ELEMENTS_FOR_NOTHING = 64;

    private final AllowedTypes types;
    private final @Nullable ClassLoader classLoader;
    private long elementsLeft;

    AllowedInput(byte[] bytes, AllowedTypes types, @Nullable ClassLoader classLoader) throws IOException {
        super(new ByteArrayInputStream(bytes));
        this.types = types;
        this.classLoader = classLoader;
        this.elementsLeft = ELEMENTS_FOR_NOTHING + (long) ELEMENTS_PER_BYTE * bytes.length;
        ObjectInputFilter ofTheJvm = getObjectInputFilter();
        setObjectInputFilter(ofTheJvm == null ? this::check : ObjectInputFilter.merge(this::check, ofTheJvm));
    }

    private Status check(FilterInfo info) {
        Class<?> type = info.serialClass();
        elementsLeft -= Math.max(0, info.arrayLength());
        boolean isTooMuch = elementsLeft < 0 || info.depth() > MOST_DEPTH || info.references() > MOST_REFERENCES;
        if (isTooMuch || (type != null && !types.allow(type.getName()))) {
            return Status.REJECTED;
        }
        return type == null ? Status.UNDECIDED : Status.ALLOWED;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
        String name = described.getName();
        if (!types.allow(name)) {
            throw new InvalidClassException(name, "not among the types that sessions may hold");
        }
        return Class.forName(name, false, classLoader);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
        throw new InvalidClassException("a proxy, which sessions do not hold");
    }
}
