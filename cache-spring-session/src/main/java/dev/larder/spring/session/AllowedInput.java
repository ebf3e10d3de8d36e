package dev.larder.spring.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** Reads objects of allowed types. A class that is not allowed is not loaded, and one that is, is not initialised before an object of it is made. */
final class AllowedInput extends ObjectInputStream {

    private static final int MAX_DEPTH = 200;

    private final AllowedTypes types;
    private final @Nullable ClassLoader classLoader;

    AllowedInput(byte[] bytes, AllowedTypes types, @Nullable ClassLoader classLoader) throws IOException {
        super(new ByteArrayInputStream(bytes));
        this.types = types;
        this.classLoader = classLoader;
        setObjectInputFilter(info -> check(info, types, bytes.length));
    }

    /** An array takes a byte an element at least, and a table of hashes less than four times the elements: more is no array but an attack on memory. */
    private static Status check(FilterInfo info, AllowedTypes types, int bytes) {
        Class<?> type = info.serialClass();
        boolean isTooMuch = info.depth() > MAX_DEPTH || info.arrayLength() > 64 + 4L * bytes;
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
