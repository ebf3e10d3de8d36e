package dev.larder.codec.frame;

import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.UndecodableException;
import dev.larder.codec.UnreadableReason;
import dev.larder.codec.ValueCodec;
import dev.larder.copy.Values;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns the entries of one cache into bytes and back: what a store of bytes needs to know of keys and values.
 *
 * <pre>{@code
 * byte[] key = codec.key(userKey);
 * server.set(key, codec.frame(key, value, version));
 *
 * if (codec.read(key, server.get(key)) instanceof EntryReading.Stored<V> stored) {
 *     return stored.value();
 * }
 * }</pre>
 *
 * <p>Writing throws {@link CodecException} for what cannot be written, with the cache's name. Reading never throws: bytes that are
 * not a value of this cache are {@link EntryReading.Unreadable}, for the store the same as no entry, and are counted in
 * {@link #unreadable()}. Immutable but for the counts, and safe for use by many threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class EntryCodec<K, V> {

    private final KeySpace space;
    private final byte[] prefix;
    private final Parts<K, V> parts;
    private final UnreadableCounts counts;

    EntryCodec(KeySpace space, Parts<K, V> parts, UnreadableCounts counts) {
        this.space = space;
        this.prefix = space.prefix();
        this.parts = parts;
        this.counts = counts;
    }

    /** What does not change with the epoch. */
    record Parts<K, V>(
            KeyCodec<K> keys,
            ValueCodec<V> values,
            CodecLimits limits,
            @Nullable Compression compression,
            @Nullable Encryption encryption) {

        private static final int MAX_ID = 0xFFFF;

        Parts {
            if (values.id() < 1 || values.id() > MAX_ID) {
                throw new IllegalArgumentException("the id of codec "
                        + values.getClass().getName() + " must be 1 to " + MAX_ID + ": " + values.id());
            }
        }

        /** No frame of ours is longer than this. */
        long maxFrameBytes() {
            return (long) limits.maxValueBytes() + Frame.HEADER_BYTES + Encryption.MAX_OVERHEAD;
        }
    }

    /** Returns the bytes that stand for a key in this cache and epoch, and for no other key anywhere. */
    public byte[] key(K key) {
        Objects.requireNonNull(key, "key");
        try {
            return parts.keys().encode(prefix, key);
        } catch (CodecException failure) {
            throw CodecException.ofKey(inThisCache(failure), failure.getCause());
        }
    }

    /** Returns the key that the bytes stand for, or null if they are none of this cache and epoch. */
    public @Nullable K keyOf(byte[] key) {
        return parts.keys().decode(prefix, key);
    }

    /** Returns what all keys of this cache and epoch begin with. */
    public byte[] keyPrefix() {
        return prefix.clone();
    }

    /**
     * Returns the frame to store.
     *
     * @param key the encoded key; the frame can be read under it alone
     * @param version told again when the frame is read
     */
    public byte[] frame(byte[] key, V value, long version) {
        byte[] payload = payload(value);
        byte[] stored = compressed(payload);
        int flags = (stored == payload ? 0 : Frame.COMPRESSED) | (parts.encryption() == null ? 0 : Frame.ENCRYPTED);
        Frame frame = new Frame(flags, parts.values().id(), parts.values().fingerprint(), version, stored);
        return sealed(key, frame).toBytes(key);
    }

    /** Returns the value as bytes, before compression and encryption: equal for values that a store takes for equal. */
    public byte[] payload(V value) {
        Objects.requireNonNull(value, "value");
        try {
            byte[] payload = parts.values().encode(value);
            if (payload.length > parts.limits().maxValueBytes()) {
                throw CodecException.tooLarge(
                        "the value", "maxValueBytes", parts.limits().maxValueBytes());
            }
            return payload;
        } catch (CodecException failure) {
            throw new CodecException(inThisCache(failure), failure.getCause());
        }
    }

    /** Returns what the bytes found under an encoded key are, and counts them if they are nothing. */
    public EntryReading<V> read(byte[] key, byte[] frame) {
        try {
            return frame.length > parts.maxFrameBytes()
                    ? unreadable(UnreadableReason.TOO_LARGE)
                    : read(key, Frame.read(key, frame));
        } catch (UndecodableException failure) {
            return unreadable(failure.reason());
        } catch (RuntimeException | StackOverflowError failure) {
            return unreadable(UnreadableReason.UNDECODABLE); // a codec or a class of the user's did not expect this
        }
    }

    /**
     * Whether a stored value is the expected one: by its payload, or else by {@code equals}. Payloads decide for classes
     * without an {@code equals}; {@code equals} for values that are equal and list their elements in another order.
     */
    public boolean holds(EntryReading.Stored<V> stored, V expected) {
        return Arrays.equals(stored.payload(), payload(expected)) || Values.equal(stored.value(), expected);
    }

    /** Returns a codec for the same cache after a clear, which counts into the same counts. */
    public EntryCodec<K, V> withEpoch(long epoch) {
        return new EntryCodec<>(space.withEpoch(epoch), parts, counts);
    }

    /**
     * Returns the bytes 0 to 2 and 4 to 9 of every frame that this codec writes, which are magic, format, codec and type; and then byte 3,
     * the flags, without the last bit. A server can tell by them which bytes are worth sending here.
     */
    public byte[] signature() {
        return Frame.signature(parts.values().id(), parts.values().fingerprint(), parts.encryption() != null);
    }

    /**
     * Counts bytes that a server did not send, because they do not have this {@link #signature()}.
     *
     * @param start the first {@link Frame#HEADER_BYTES} of them, or fewer if there are no more
     */
    public void countForeign(byte[] start) {
        counts.count(misfit(Frame.readHeader(start)));
    }

    private UnreadableReason misfit(FrameReading header) {
        if (header instanceof FrameReading.Unreadable nothing) {
            return nothing.reason();
        }
        Frame frame = (Frame) header;
        if (frame.codecId() != parts.values().id()) {
            return UnreadableReason.OTHER_CODEC;
        }
        if (frame.fingerprint() != parts.values().fingerprint()) {
            return UnreadableReason.OTHER_TYPE;
        }
        return frame.isEncrypted() ? UnreadableReason.KEY_MISSING : UnreadableReason.NOT_ENCRYPTED;
    }

    /** Returns namespace, cache and epoch. */
    public KeySpace space() {
        return space;
    }

    /** Returns how often bytes could not be read, and why. */
    public UnreadableCounts unreadable() {
        return counts;
    }

    private EntryReading<V> read(byte[] key, FrameReading reading) {
        if (reading instanceof FrameReading.Unreadable nothing) {
            return unreadable(nothing.reason());
        }
        Frame frame = (Frame) reading;
        if (frame.codecId() != parts.values().id()) {
            return unreadable(UnreadableReason.OTHER_CODEC);
        }
        if (frame.fingerprint() != parts.values().fingerprint()) {
            return unreadable(UnreadableReason.OTHER_TYPE);
        }
        if (isPlain(frame)) {
            requireAllowed(frame.payloadBytes());
            return stored(frame, frame.bytes(), frame.from());
        }
        return stored(frame, inflated(frame, opened(key, frame)), 0);
    }

    /** Whether the payload is read where it is. */
    private boolean isPlain(Frame frame) {
        return parts.encryption() == null && !frame.isEncrypted() && !frame.isCompressed();
    }

    private EntryReading<V> stored(Frame frame, byte[] bytes, int from) {
        return new EntryReading.Stored<>(parts.values().decode(bytes, from), frame.version(), bytes, from);
    }

    private void requireAllowed(int bytes) {
        if (bytes > parts.limits().maxValueBytes()) {
            throw UndecodableException.tooLarge("more than " + parts.limits().maxValueBytes() + " bytes");
        }
    }

    private EntryReading<V> unreadable(UnreadableReason reason) {
        counts.count(reason);
        return new EntryReading.Unreadable<>(reason);
    }

    private byte[] compressed(byte[] payload) {
        Compression compression = parts.compression();
        return compression == null ? payload : compression.compress(payload);
    }

    /** Also where compression is off now: it may have been on. */
    private byte[] inflated(Frame frame, byte[] payload) {
        if (frame.isCompressed()) {
            return Compression.inflate(payload, parts.limits().maxValueBytes());
        }
        requireAllowed(payload.length);
        return payload;
    }

    private Frame sealed(byte[] key, Frame frame) {
        Encryption encryption = parts.encryption();
        return encryption == null
                ? frame
                : frame.withPayload(encryption.seal(frame.payload(), surroundings(key, frame)));
    }

    private byte[] opened(byte[] key, Frame frame) {
        Encryption encryption = parts.encryption();
        if (frame.isEncrypted() && encryption == null) {
            throw new UndecodableException(UnreadableReason.KEY_MISSING, "encrypted, and this cache has no key");
        }
        if (encryption == null) {
            return frame.payload();
        }
        if (!frame.isEncrypted()) {
            throw new UndecodableException(UnreadableReason.NOT_ENCRYPTED, "not encrypted, and this cache is");
        }
        return encryption.open(frame.payload(), surroundings(key, frame));
    }

    /** What an encrypted payload belongs to; the header has one length, so no key can take a part of it. */
    private static byte[] surroundings(byte[] key, Frame frame) {
        byte[] header = frame.header();
        return ByteBuffer.allocate(header.length + key.length)
                .put(header)
                .put(key)
                .array();
    }

    private String inThisCache(CodecException failure) {
        return "cache \"" + space.cache() + "\": " + failure.getMessage();
    }
}
