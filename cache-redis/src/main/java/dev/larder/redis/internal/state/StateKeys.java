package dev.larder.redis.internal.state;

import dev.larder.codec.frame.KeySpace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Under which keys the servers have what all JVMs must know. */
public final class StateKeys {

    /** No entry's key has this after the prefix: those begin with a K. */
    private static final char STATE = 'S';

    private StateKeys() {}

    /** Returns what all keys of states begin with. */
    public static String prefixOf(String prefix) {
        return prefix + STATE;
    }

    /** Returns what all entries of a cache in an epoch begin with. */
    static byte[] entries(String prefix, KeySpace space, long epoch) {
        byte[] common = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] names = space.withEpoch(epoch).prefix();
        return ByteBuffer.allocate(common.length + names.length)
                .put(common)
                .put(names)
                .array();
    }

    /** Returns the key of the state of a cache, whatever the epoch. */
    public static byte[] of(String prefix, KeySpace space) {
        byte[] common = prefixOf(prefix).getBytes(StandardCharsets.UTF_8);
        byte[] names = space.withEpoch(0).prefix();
        int length = names.length - Long.BYTES;
        return ByteBuffer.allocate(common.length + length)
                .put(common)
                .put(names, 0, length)
                .array();
    }
}
