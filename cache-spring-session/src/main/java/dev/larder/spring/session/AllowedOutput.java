package dev.larder.spring.session;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes objects of allowed types, so that what is written can be read again. */
final class AllowedOutput extends ObjectOutputStream {

    private final AllowedTypes types;

    AllowedOutput(OutputStream bytes, AllowedTypes types) throws IOException {
        super(bytes);
        this.types = types;
    }

    /** Called for each class of the objects that are written. */
    @Override
    protected void annotateClass(Class<?> type) {
        if (!types.allow(type.getName())) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " is not among the types that sessions may hold; add it to larder.session.allowed-types, or to allowedTypes of @EnableLarderHttpSession");
        }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        throw new IllegalArgumentException(
                "sessions hold no proxies; this one is of " + Arrays.toString(type.getInterfaces()));
    }
}
