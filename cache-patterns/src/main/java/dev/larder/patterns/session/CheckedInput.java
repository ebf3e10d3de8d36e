package dev.larder.patterns.session;

import java.io.IOException;
import java.io.ObjectInputFilter.FilterInfo;

/** Reads classes that are allowed. */
final class CheckedInput extends LimitedObjectInput {

    private final SerialClasses classes;

    CheckedInput(byte[] bytes, SerialClasses classes) throws IOException {
        super(bytes);
        this.classes = classes;
    }

    @Override
    protected boolean allows(FilterInfo info) {
        return classes.allows(info);
    }

    @Override
    protected Class<?> find(String className) throws IOException, ClassNotFoundException {
        return classes.find(className);
    }
}
