package dev.larder.codec.serial;

import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;

/** Writes allowed classes only, so that what could not be read is found by the one who puts it. */
final class CheckedOutput extends ObjectOutputStream {

    private final AllowedClasses allowed;
    private final int maxObjects;
    private int objects;

    CheckedOutput(OutputStream output, AllowedClasses allowed, CodecLimits limits) throws IOException {
        super(output);
        this.allowed = allowed;
        this.maxObjects = limits.maxSerialObjects();
        enableReplaceObject(true);
    }

    /** Called once for each object, which is not replaced but looked at. */
    @Override
    protected Object replaceObject(Object object) {
        Class<?> type = object instanceof Enum<?> constant ? constant.getDeclaringClass() : object.getClass();
        if (!allowed.contains(type)) {
            throw new CodecException("class " + type.getTypeName() + " is not allowed in Java serialisation; add it to"
                    + " \"allow\", or use JSON");
        }
        if (!(object instanceof Serializable)) {
            throw new CodecException("class " + type.getTypeName() + " is not Serializable");
        }
        if (++objects > maxObjects) {
            throw new CodecException(
                    "the value has more than " + maxObjects + " objects; raise maxSerialObjects, or use another codec");
        }
        return object;
    }
}
