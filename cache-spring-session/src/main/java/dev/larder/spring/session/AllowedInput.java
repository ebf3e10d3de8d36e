package dev.larder.spring.session;

import dev.larder.patterns.session.LimitedObjectInput;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter.FilterInfo;
import org.jspecify.annotations.Nullable;

/** Reads objects of allowed types. A class that is not allowed is not loaded, and one that is, is not initialised before an object of it is made. */
final class AllowedInput extends LimitedObjectInput {

    private final AllowedTypes types;
    private final @Nullable ClassLoader classLoader;

    AllowedInput(byte[] bytes, AllowedTypes types, @Nullable ClassLoader classLoader) throws IOException {
        super(bytes);
        this.types = types;
        this.classLoader = classLoader;
    }

    @Override
    protected boolean allows(FilterInfo info) {
        Class<?> type = info.serialClass();
        return type == null || types.allow(type.getName());
    }

    @Override
    protected Class<?> find(String className) throws IOException, ClassNotFoundException {
        if (!types.allow(className)) {
            throw new InvalidClassException(className, "not among the types that sessions may hold");
        }
        return Class.forName(className, false, classLoader);
    }
}
