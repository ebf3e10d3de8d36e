package dev.larder.copy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** The copier that the tests share, with the tests' own class loader. */
final class Copying {

    private static final ValueCopier COPIER = ValueCopier.using(Copying.class.getClassLoader());

    private Copying() {}

    @SuppressWarnings("unchecked") // a copy is of its original's class
    static <T> T copy(T value) {
        return (T) COPIER.copy(value);
    }

    /** Returns what serialisation by itself makes of a value. */
    static Object throughStream(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return input.readObject();
        }
    }
}
