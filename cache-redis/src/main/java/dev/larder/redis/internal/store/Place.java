package dev.larder.redis.internal.store;

import dev.larder.codec.frame.EntryCodec;
import dev.larder.codec.frame.EntryReading;
import dev.larder.store.TagVersions;
import org.jspecify.annotations.Nullable;

/**
 * Where the entry of a key is, how its bytes are read there, and what {@link LastWrites} has to know of the operation on it. For one operation, and
 * for one thread.
 */
final class Place<K, V> {

    private final EntryCodec<K, V> codec;
    private final byte[] key;
    private final byte[] wire;
    private byte[] version = StoredSlot.NO_VERSION;
    private int successions;
    private long notes;

    Place(EntryCodec<K, V> codec, byte[] key, byte[] wire) {
        this.codec = codec;
        this.key = key;
        this.wire = wire;
    }

    /** Returns the codec in the epoch that the key belongs to. */
    EntryCodec<K, V> codec() {
        return codec;
    }

    /** Returns the key as the codec writes it. */
    byte[] key() {
        return key;
    }

    /** Returns the key on the server. */
    byte[] wire() {
        return wire;
    }

    /** An operation begins after so many successions, and after so many writes were noted. */
    void begin(int afterSuccessions, long afterNotes) {
        successions = afterSuccessions;
        notes = afterNotes;
    }

    /** Returns after how many noted writes the operation has begun. */
    long notes() {
        return notes;
    }

    /** Returns after how many successions the operation has begun. */
    int successions() {
        return successions;
    }

    /** A frame of that version is to be stored. */
    void put(byte[] frame) {
        version = StoredSlot.versionOf(frame);
    }

    /** What was stored is to be removed. */
    void remove() {
        version = StoredSlot.NO_VERSION;
    }

    /** Returns the version that was to be stored, or zeros if none was: what is there is to be removed. */
    byte[] version() {
        return version;
    }

    /** Returns the live entry that these bytes are, or null. */
    @Nullable
    RedisEntry<V> entry(byte @Nullable [] stored, long remainingMillis, TagVersions versions) {
        if (stored == null) {
            return null;
        }
        if (!StoredSlot.hasHead(stored)) {
            return read(stored, remainingMillis);
        }
        StoredSlot slot = StoredSlot.of(stored);
        if (slot.frame() == null
                || !versions.isUpToDate(slot.tags().names(), slot.tags().asOf())) {
            return null;
        }
        return read(slot.frame(), remainingMillis);
    }

    /** Counts what a script found there that is none of the cache's frames. */
    void countForeign(Answer answer) {
        byte[] foreign = answer.foreign();
        if (foreign != null) {
            codec.countForeign(foreign);
        }
    }

    /** Returns the entry of a frame whatever its tags are, or null if it cannot be read; that is counted. */
    @Nullable
    RedisEntry<V> read(byte[] frame, long remainingMillis) {
        return codec.read(key, frame) instanceof EntryReading.Stored<V> stored
                ? new RedisEntry<>(stored, remainingMillis)
                : null;
    }
}
