package dev.larder.redis.internal.store;

import dev.larder.codec.frame.EntryReading;
import dev.larder.store.Entry;

/** An entry as it was read; its version is its identity. */
record RedisEntry<V>(EntryReading.Stored<V> stored, long remainingMillis) implements Entry<V> {

    @Override
    public V value() {
        return stored.value();
    }

    long version() {
        return stored.version();
    }
}
