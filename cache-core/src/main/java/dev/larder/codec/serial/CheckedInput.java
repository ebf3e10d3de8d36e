package dev.larder.codec.serial;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/** Reads allowed classes only, and looks for no class by its name. */
final class CheckedInput extends ObjectInputStream {

    private final AllowedClasses allowed;

    CheckedInput(InputStream bytes, AllowedClasses allowed, SerialFilter filter) throws IOException {
        super(bytes);
        this.allowed = allowed;
        setObjectInputFilter(filter.and(getObjectInputFilter()));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws InvalidClassException {
        Class<?> type = allowed.find(description.getName());
        if (type == null) {
            throw new InvalidClassException("a class that is not allowed");
        }
        return type;
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws InvalidClassException {
        throw new InvalidClassException("a proxy, which is never allowed");
    }
}
