package dev.larder.jcache.model;

import dev.larder.jcache.LarderCache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;

/** What makes a cache of a map with rules besides its rules: nothing that the model has. */
abstract class ModelFrame<V> implements LarderCache<String, V> {

    @Override
    public String getName() {
        return "model";
    }

    @Override
    public CacheManager getCacheManager() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <C extends Configuration<String, V>> C getConfiguration(Class<C> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<String, V> configuration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<String, V> configuration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long estimatedSize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isClosed() {
        return false;
    }
}
