package dev.larder.patterns.session;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

/** Writes allowed classes only, so that nothing is written that cannot be read. */
final class CheckedOutput extends ObjectOutputStream {

    private final SerialClasses classes;

    CheckedOutput(OutputStream bytes, SerialClasses classes) throws IOException {
        super(bytes);
        this.classes = classes;
    }

    @Override
    protected void annotateClass(Class<?> type) throws NotAllowedException {
        if (!classes.allows(type)) {
            throw new NotAllowedException("class " + type.getName()
                    + " is not allowed; add it to what AttributeCodec.javaSerialization is given");
        }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws NotAllowedException {
        throw new NotAllowedException("a proxy is never allowed");
    }
}
