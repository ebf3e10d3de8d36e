package dev.larder.patterns.behind;

import javax.cache.Cache;

/** A change as its writer sees it. */
record QueuedEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("an entry that is written behind is no " + type.getName());
    }
}
