package dev.larder.jcache.internal.write;

import javax.cache.Cache;

/** An entry as a writer sees it. */
record WrittenEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {

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
        throw new IllegalArgumentException("an entry for a writer cannot be unwrapped to " + type.getName());
    }
}
