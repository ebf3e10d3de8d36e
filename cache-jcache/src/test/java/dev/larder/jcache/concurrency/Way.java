package dev.larder.jcache.concurrency;

import dev.larder.jcache.CacheSettings;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** The ways in which a cache makes its changes. What is promised must be true on each of them. */
public enum Way {
    /** One call of the store for each change. */
    DIRECT,
    /** A processor has been used, so that changes lock their key. */
    PROCESSED,
    /** A synchronous listener for everything. */
    LISTENED,
    /** A writer, which does nothing. */
    WRITTEN,
    /** An expiry policy that no constants stand for. */
    OWN_EXPIRY,
    /** Evicts, though there is room enough. */
    BOUNDED,
    /** Hands out copies. */
    BY_VALUE;

    /** Makes a cache that works in this way. */
    public <K, V> Cache<K, V> open(TestCaches caches, CacheSettings.Builder<K, V> settings, K anyKey) {
        Cache<K, V> cache = caches.create(adapt(settings));
        if (this == PROCESSED) {
            cache.invoke(anyKey, (entry, arguments) -> null);
        }
        return cache;
    }

    private <K, V> CacheSettings.Builder<K, V> adapt(CacheSettings.Builder<K, V> settings) {
        if (this != BY_VALUE) {
            settings.storeByReference();
        }
        return switch (this) {
            case LISTENED ->
                settings.listener(new MutableCacheEntryListenerConfiguration<>(
                        new FactoryBuilder.SingletonFactory<>(new EveryListener<K, V>()), null, true, true));
            case WRITTEN -> settings.writer(new MapWriter<>());
            case OWN_EXPIRY -> settings.expiryPolicy(HourlyPolicy::new);
            case BOUNDED -> settings.maximumSize(1_000_000);
            case DIRECT, PROCESSED, BY_VALUE -> settings;
        };
    }

    /** An hour from every creation and update. */
    private static final class HourlyPolicy implements ExpiryPolicy {

        @Override
        public Duration getExpiryForCreation() {
            return new Duration(TimeUnit.HOURS, 1);
        }

        @Override
        public Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return new Duration(TimeUnit.HOURS, 1);
        }
    }
}
