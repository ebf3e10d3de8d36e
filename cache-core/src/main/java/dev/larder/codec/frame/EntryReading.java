package dev.larder.codec.frame;

import dev.larder.codec.UnreadableReason;
import java.util.Arrays;

/**
 * What bytes from a store are to a cache: a {@link Stored} value, or {@link Unreadable} and so a miss.
 *
 * @param <V> the type of the values
 */
public sealed interface EntryReading<V> {

    /**
     * No value of this cache.
     *
     * @param <V> the type of the values
     * @param reason why not; it has been counted
     */
    record Unreadable<V>(UnreadableReason reason) implements EntryReading<V> {}

    /**
     * A value, with the version that it was stored with.
     *
     * @param <V> the type of the values
     */
    final class Stored<V> implements EntryReading<V> {

        private final V value;
        private final long version;
        private final byte[] bytes;
        private final int from;

        /** Creates what was made from these bytes, from there to the end. */
        Stored(V value, long version, byte[] bytes, int from) {
            this.value = value;
            this.version = version;
            this.bytes = bytes;
            this.from = from;
        }

        /** Returns the value, which nobody else has: it was made for this reading. */
        public V value() {
            return value;
        }

        /** Returns the version in the frame. */
        public long version() {
            return version;
        }

        /** Returns the payload that the value was made from, in the clear and inflated; not to be changed. */
        public byte[] payload() {
            return from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
        }
    }
}
