package dev.larder.copy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies a value by writing and reading it with Java serialisation: the last resort. */
final class SerialCopy {

    private final Strategies strategies;
    private final HomeLoader home;
    private final @Nullable ObjectInputFilter userFilter;

    SerialCopy(Strategies strategies, HomeLoader home, @Nullable ObjectInputFilter userFilter) {
        this.strategies = strategies;
        this.home = home;
        this.userFilter = userFilter;
    }

    Object copy(Object value) {
        Bytes bytes = new Bytes(value.getClass(), CopyFilter.MAX_BYTES);
        try (SerialOutput output = new SerialOutput(bytes, strategies)) {
            output.writeObject(value);
            output.flush();
            return read(value, bytes, output);
        } catch (NotSerializableException missing) {
            String culprit = Objects.requireNonNullElse(
                    missing.getMessage(), value.getClass().getName());
            throw CopyException.notSerializable(culprit, GraphPath.to(culprit, value), missing);
        } catch (IOException | ClassNotFoundException failure) {
            throw CopyException.failed(value, failure);
        }
    }

    private Object read(Object value, Bytes bytes, SerialOutput output) throws IOException, ClassNotFoundException {
        CopyFilter filter = new CopyFilter(userFilter);
        try (SerialInput input = new SerialInput(bytes.asInput(), output, home, filter)) {
            return input.readObject();
        } catch (IOException failure) {
            String refusal = filter.refusal();
            if (refusal != null) {
                throw CopyException.refused(value.getClass(), refusal, failure);
            }
            throw failure;
        }
    }

    /** A growing buffer with a limit, read without another copy. */
    static final class Bytes extends ByteArrayOutputStream {

        private final Class<?> type;
        private final int limit;

        Bytes(Class<?> type, int limit) {
            super(512);
            this.type = type;
            this.limit = limit;
        }

        @Override
        public synchronized void write(int octet) {
            check(1);
            super.write(octet);
        }

        @Override
        public synchronized void write(byte[] source, int offset, int length) {
            check(length);
            super.write(source, offset, length);
        }

        synchronized InputStream asInput() {
            return new ByteArrayInputStream(buf, 0, count);
        }

        private synchronized void check(int more) {
            if (more > limit - count) {
                throw CopyException.refused(type, "more than " + limit + " bytes", null);
            }
        }
    }
}
