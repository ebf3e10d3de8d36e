package dev.larder.redis.internal.store;

import dev.larder.codec.frame.EntryCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a cache are: under a prefix that all keys of all caches of a store share, then what the codec makes of namespace,
 * cache, epoch and key. Safe for use by many threads.
 */
final class Places<K, V> {

    private final byte[] prefix;
    private volatile EntryCodec<K, V> codec;

    Places(String prefix, EntryCodec<K, V> codec) {
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
        this.codec = codec;
    }

    /** Returns the place of a key in an epoch. */
    Place<K, V> of(K key, long epoch) {
        EntryCodec<K, V> current = codec(epoch);
        byte[] encoded = current.key(key);
        return new Place<>(current, encoded, wire(encoded));
    }

    /** Returns the codec in an epoch. */
    EntryCodec<K, V> codec(long epoch) {
        EntryCodec<K, V> current = codec;
        if (current.space().epoch() != epoch) {
            current = current.withEpoch(epoch);
            codec = current;
        }
        return current;
    }

    /** Returns what all keys of an epoch begin with on the server. */
    byte[] prefixOf(long epoch) {
        return wire(codec(epoch).keyPrefix());
    }

    /** Returns the key on the server, in another epoch, of a key as the codec wrote it. */
    byte[] wireIn(long epoch, byte[] encoded) {
        byte[] moved = encoded.clone();
        byte[] start = codec(epoch).keyPrefix();
        System.arraycopy(start, 0, moved, 0, start.length);
        return wire(moved);
    }

    /** Returns the key that a key on the server stands for; null if it is none of this epoch. */
    @Nullable
    K keyOf(byte[] wire, long epoch) {
        return wire.length < prefix.length ? null : codec(epoch).keyOf(encoded(wire));
    }

    /** Returns the epoch that a key on the server belongs to; null if it is none of the cache's. */
    @Nullable
    Long epochOf(byte[] wire) {
        byte[] start = prefixOf(codec.space().epoch());
        int names = start.length - Long.BYTES;
        return wire.length < start.length || !Arrays.equals(wire, 0, names, start, 0, names)
                ? null
                : (Long) ByteBuffer.wrap(wire).getLong(names);
    }

    /** Returns the place of a key on the server in its epoch. */
    Place<K, V> at(byte[] wire, long epoch) {
        return new Place<>(codec(epoch), encoded(wire), wire);
    }

    private byte[] encoded(byte[] wire) {
        byte[] encoded = new byte[wire.length - prefix.length];
        System.arraycopy(wire, prefix.length, encoded, 0, encoded.length);
        return encoded;
    }

    private byte[] wire(byte[] encoded) {
        byte[] wire = new byte[prefix.length + encoded.length];
        System.arraycopy(prefix, 0, wire, 0, prefix.length);
        System.arraycopy(encoded, 0, wire, prefix.length, encoded.length);
        return wire;
    }
}
