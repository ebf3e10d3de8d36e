package dev.larder.spring.session;

import dev.larder.patterns.session.AttributeCodec;
import dev.larder.patterns.session.LimitedObjectInput;
import dev.larder.patterns.session.UnreadableAttributeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Java serialisation of allowed types. */
final class SerializedAttributes implements AttributeCodec {

    private static final int USUAL_BYTES = 512;

    private final @Nullable ClassLoader classLoader;
    private final AllowedTypes types;

    SerializedAttributes(@Nullable ClassLoader classLoader, AllowedTypes types) {
        this.classLoader = classLoader;
        this.types = types;
    }

    @Override
    public byte[] encode(String name, Object value) {
        try {
            byte[] bytes = serialised(value);
            LimitedObjectInput.requireReadable(bytes);
            return bytes;
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(e.getMessage() + " is not serializable", e);
        } catch (InvalidClassException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot be kept: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot be serialised", e);
        }
    }

    private byte[] serialised(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (AllowedOutput output = new AllowedOutput(bytes, types)) {
            output.writeObject(value);
        }
        return bytes.toByteArray();
    }

    @Override
    public Object decode(String name, byte[] bytes) throws UnreadableAttributeException {
        try (AllowedInput input = new AllowedInput(bytes, types, classLoader)) {
            return input.readObject();
        } catch (ClassNotFoundException e) {
            throw new UnreadableAttributeException("there is no class " + e.getMessage(), e);
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError | InternalError e) {
            // InternalError is what lists of the JDK answer broken bytes with.
            throw new UnreadableAttributeException(reason(e), e);
        }
    }

    /** The messages of these name classes and versions of them; those of others may show a value. */
    private static String reason(Throwable failure) {
        boolean isAboutClasses = failure instanceof InvalidClassException;
        return isAboutClasses
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
    }
}
