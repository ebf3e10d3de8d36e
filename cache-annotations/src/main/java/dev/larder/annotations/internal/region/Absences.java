package dev.larder.annotations.internal.region;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;

/**
 * Which keys are known to have no value, for a while: a cache beside the cache, named {@code NAME.absent}, since a mark among the values would reach everybody who
 * uses the cache otherwise.
 *
 * @param keys the keys without a value
 */
record Absences(Cache<Object, Object> keys) {

    /** Returns those beside a cache, which are made if need be. */
    static Absences beside(Cache<?, ?> cache, CacheManager manager, Duration ttl) {
        MutableConfiguration<Object, Object> configuration = new MutableConfiguration<>()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(
                        new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, ttl.toMillis())));
        return new Absences(Caches.getOrCreate(manager, cache.getName() + ".absent", configuration));
    }

    boolean contain(Object key) {
        return keys.containsKey(key);
    }

    void add(Object key) {
        keys.put(key, true);
    }

    void remove(Object key) {
        keys.remove(key);
    }

    void removeAll() {
        keys.removeAll();
    }
}
