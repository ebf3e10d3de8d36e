package dev.larder.jcache.internal.facade;

import javax.cache.Cache;

/** An entry that a user met on a walk over a cache. */
public record FacadeEntry<K, V>(K getKey, V getValue) implements Cache.Entry<K, V> {

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("an entry of Larder cannot be unwrapped to " + type.getName());
    }
}
