package dev.larder.patterns.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;

/** Values by Java serialisation, of which only allowed classes are written and read. */
final class SerialValues implements OtherValues {

    private final SerialClasses classes;

    private SerialValues(SerialClasses classes) {
        this.classes = classes;
    }

    static OtherValues allowing(Class<?>... allowed) {
        return new SerialValues(SerialClasses.allowing(allowed));
    }

    static OtherValues filtered(ObjectInputFilter filter, @Nullable ClassLoader loader) {
        return new SerialValues(SerialClasses.filtered(filter, loader));
    }

    /** As a list may be of a class that matters to who serialises it. */
    @Override
    public boolean takesCollections() {
        return true;
    }

    @Override
    public String nameOf(Object value) {
        return "";
    }

    @Override
    public byte[] write(Object value) {
        try {
            byte[] bytes = serialised(value);
            LimitedObjectInput.requireReadable(bytes);
            return bytes;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "class " + value.getClass().getName() + " cannot be serialised: " + reasonOf(e), e);
        }
    }

    private byte[] serialised(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new CheckedOutput(bytes, classes)) {
            output.writeObject(value);
        }
        return bytes.toByteArray();
    }

    /** Of others, the message may show a value. */
    private static String reasonOf(IOException failure) {
        return failure instanceof NotAllowedException
                ? "" + failure.getMessage()
                : failure.getClass().getName();
    }

    @Override
    public Object read(String name, byte[] bytes) throws UnreadableAttributeException {
        try (ObjectInputStream input = new CheckedInput(bytes, classes)) {
            return requirePresent(input.readObject());
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError | InternalError e) {
            // InternalError is what the JDK's List.of and Map.of answer broken bytes with
            throw new UnreadableAttributeException(
                    "Java serialisation: " + e.getClass().getSimpleName(), e);
        }
    }

    private static Object requirePresent(@Nullable Object value) throws UnreadableAttributeException {
        if (value == null) {
            throw new UnreadableAttributeException("a null");
        }
        return value;
    }
}
