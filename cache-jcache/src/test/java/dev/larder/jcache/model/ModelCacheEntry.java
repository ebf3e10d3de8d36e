package dev.larder.jcache.model;

import javax.cache.Cache;

/** An entry that the model hands to a user or writer. */
record ModelCacheEntry<V>(String key, V value) implements Cache.Entry<String, V> {

    @Override
    public String getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }
}
