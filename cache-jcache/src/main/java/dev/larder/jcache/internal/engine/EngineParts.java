package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.expiry.Lifetimes;
import dev.larder.jcache.internal.load.LoadParts;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.jcache.internal.write.Writing;
import dev.larder.store.Store;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is made of.
 *
 * @param name the name of the cache, for messages
 * @param valueType what an entry processor may set
 * @param loader loads values, or null if the cache has no loader
 * @param loads what its loads have beside the loader
 * @param readsThrough whether a miss calls the loader
 * @param writing writes changes through, or null if the cache does not do that
 */
public record EngineParts<K, V>(
        String name,
        Class<V> valueType,
        Store<K, V> store,
        Copying<K, V> copying,
        Lifetimes lifetimes,
        Statistics statistics,
        EventDispatcher<K, V> events,
        @Nullable CacheLoader<K, V> loader,
        LoadParts<K> loads,
        boolean readsThrough,
        @Nullable Writing<K, V> writing) {

    /** Returns what the cache does with tags. */
    Tagging tagging() {
        return new Tagging(name, store, writing != null);
    }
}
