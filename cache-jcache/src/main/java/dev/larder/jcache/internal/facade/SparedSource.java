package dev.larder.jcache.internal.facade;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.internal.guard.OpenedStore;
import dev.larder.jcache.internal.load.CappedLoader;
import dev.larder.jcache.internal.load.CoalescingLoader;
import dev.larder.jcache.internal.load.LoadCap;
import dev.larder.time.Timer;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.cache.integration.CacheLoader;

/** Puts around a cache's loader what spares its source: the settings for that, and what a failing store takes. */
record SparedSource<K, V>(String cacheName, CacheSettings<K, V> settings, OpenedStore<K, V> store, Timer timer) {

    /**
     * Returns the loader that the cache is to call.
     *
     * @param copyKey makes a key the loader's own
     */
    CacheLoader<K, V> of(CacheLoader<K, V> loader, UnaryOperator<K> copyKey) {
        return coalescing(capped(cappedWhileStoreFails(loader)), copyKey);
    }

    private CacheLoader<K, V> cappedWhileStoreFails(CacheLoader<K, V> loader) {
        return store.guard() == null
                ? loader
                : CappedLoader.whileStoreFails(cacheName, loader, timer, store.isDoneWithout());
    }

    /** The outermost, so that a batch is one load to the caps. */
    private CacheLoader<K, V> coalescing(CacheLoader<K, V> loader, UnaryOperator<K> copyKey) {
        Duration window = settings.getCoalesceLoads();
        return window == null
                ? loader
                : new CoalescingLoader<>(cacheName, loader, window, settings.getMaxCoalescedLoads(), timer, copyKey);
    }

    private CacheLoader<K, V> capped(CacheLoader<K, V> loader) {
        Integer maxLoads = settings.getMaxLoads();
        if (maxLoads == null) {
            return loader;
        }
        LoadCap cap = new LoadCap(maxLoads, settings.getMaxWaitingLoads(), settings.getMaxLoadWait(), true);
        return CappedLoader.of(cacheName, loader, cap, timer);
    }
}
