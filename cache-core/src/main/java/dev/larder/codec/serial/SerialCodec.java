package dev.larder.codec.serial;

import dev.larder.codec.BoundedOutput;
import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.UndecodableException;
import dev.larder.codec.UnreadableReason;
import dev.larder.codec.ValueCodec;
import dev.larder.codec.ValueType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Writes values by Java serialisation. Prefer another codec: this one is slow, large, and the way into most Java programs
 * that were broken by their data.
 *
 * <p>Therefore it reads the classes that were allowed and some thirty of the JDK (boxes, numbers, {@code java.time}, the
 * usual collections), and no other: a name in the bytes is looked up among them and nowhere else. It reads no proxy, and
 * nothing deeper or of more objects than {@link CodecLimits} says. An allowed class is trusted with any content: its
 * {@code readObject} runs on what an attacker who may write to the store has chosen.
 *
 * <p>A value that would be refused when read is refused when written, as far as that can be told. Equal values have
 * equal bytes only if their fields do; for hashed collections that is not so.
 *
 * @param <V> the type of the values
 */
public final class SerialCodec<V> implements ValueCodec<V> {

    /** The number of this format. */
    public static final int ID = 4;

    private final ValueType<V> type;
    private final AllowedClasses allowed;
    private final CodecLimits limits;

    private SerialCodec(Builder<V> builder) {
        this.type = builder.type;
        this.allowed = new AllowedClasses(builder.allowed);
        this.limits = builder.limits;
    }

    /** Starts a codec for values of a type; the classes it may read must be named, see {@link Builder#allow}. */
    public static <V> Builder<V> builder(ValueType<V> type) {
        return new Builder<>(type);
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public int fingerprint() {
        return type.fingerprint();
    }

    @Override
    public byte[] encode(V value) {
        Objects.requireNonNull(value, "value");
        BoundedOutput bytes = new BoundedOutput(limits.maxValueBytes());
        try (CheckedOutput output = new CheckedOutput(bytes, allowed, limits)) {
            output.writeObject(value);
        } catch (IOException failure) {
            throw new CodecException(
                    "class " + value.getClass().getName() + " cannot be serialised: "
                            + failure.getClass().getName(),
                    failure);
        }
        return bytes.toByteArray();
    }

    @Override
    @SuppressWarnings("unchecked") // checked just before
    public V decode(byte[] payload) {
        Object value = read(payload);
        if (!type.rawClass().isInstance(value)) {
            throw new UndecodableException("a value of another type");
        }
        return (V) value;
    }

    private Object read(byte[] payload) {
        SerialFilter filter = new SerialFilter(limits, payload.length);
        try (CheckedInput input = new CheckedInput(new ByteArrayInputStream(payload), allowed, filter)) {
            return input.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException | InternalError unreadable) {
            // InternalError is what the JDK's List.of and Map.of answer broken bytes with
            throw new UndecodableException(
                    filter.metLimit() ? UnreadableReason.TOO_LARGE : UnreadableReason.UNDECODABLE,
                    unreadable.getClass().getSimpleName());
        }
    }

    /**
     * Builds a {@link SerialCodec}.
     *
     * @param <V> the type of the values
     */
    public static final class Builder<V> {

        private final ValueType<V> type;
        private final Set<Class<?>> allowed = new LinkedHashSet<>();
        private CodecLimits limits = CodecLimits.standard();

        private Builder(ValueType<V> type) {
            this.type = Objects.requireNonNull(type, "type");
        }

        /** Allows a class, with its superclasses and arrays of it, to be written and read. */
        public Builder<V> allow(Class<?> allowedClass) {
            allowed.add(Objects.requireNonNull(allowedClass, "allowedClass"));
            return this;
        }

        /** Sets the limits; {@link CodecLimits#standard()} unless called. */
        public Builder<V> limits(CodecLimits newLimits) {
            this.limits = Objects.requireNonNull(newLimits, "newLimits");
            return this;
        }

        /**
         * Returns the codec.
         *
         * @throws IllegalStateException if no class was allowed
         */
        public SerialCodec<V> build() {
            if (allowed.isEmpty()) {
                throw new IllegalStateException(
                        "Java serialisation reads only the classes in \"allow\", which is empty;"
                                + " name the classes of your values there, or use JSON");
            }
            return new SerialCodec<>(this);
        }
    }
}
