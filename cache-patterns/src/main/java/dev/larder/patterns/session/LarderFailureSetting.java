package dev.larder.patterns.session;

import dev.larder.jcache.CacheSettings;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.store.heap.HeapStore;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Looks at caches of Larder; apart, because whoever has another provider need not have cache-jcache. */
final class LarderFailureSetting implements CacheAdvice {

    /** Fails where there is no Larder, and not later. */
    private static final String HEAP = HeapStore.class.getPackageName();

    @Override
    public @Nullable String of(Cache<String, byte[]> cache) {
        CacheSettings<?, ?> settings = settingsOf(cache);
        if (settings == null || isOnTheHeap(settings) || settings.getOnStoreFailure() == OnStoreFailure.FAIL) {
            return null;
        }
        String value = settings.getOnStoreFailure() == null ? "not set, which is degrade on a shared store" : "degrade";
        return "cache \"" + cache.getName() + "\" of sessions: onStoreFailure is " + value
                + ". While its store is away it says that there are no sessions, so that users are logged out and nothing is done as whenStoreFails says;"
                + " set onStoreFailure to fail for this cache, by CacheSettings or in larder.json";
    }

    /** Returns null for a cache of another provider. */
    @SuppressWarnings("unchecked") // of the very types of the cache, by whose configuration they are known
    private static @Nullable CacheSettings<?, ?> settingsOf(Cache<String, byte[]> cache) {
        try {
            return cache.getConfiguration(CacheSettings.class);
        } catch (IllegalArgumentException | ClassCastException anotherProvider) {
            return null;
        }
    }

    /** The heap is never away. */
    private static boolean isOnTheHeap(CacheSettings<?, ?> settings) {
        return settings.getStoreFactory().getClass().getPackageName().equals(HEAP);
    }
}
