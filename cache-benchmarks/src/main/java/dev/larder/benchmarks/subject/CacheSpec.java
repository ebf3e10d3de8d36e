package dev.larder.benchmarks.subject;

import java.io.Serializable;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The cache that a workload asks of every library.
 *
 * @param bound how many entries it may hold, or {@link #UNBOUNDED}
 * @param loader what a get loads a missing value with
 * @param byValue whether what is in the cache is kept apart from what the caller has
 * @param writing where a put goes beside the cache
 * @param beyond what is asked for beyond the standard
 * @param listening whether one synchronous listener hears of every creation and update
 */
public record CacheSpec(
        long bound,
        Expiry expiry,
        boolean statistics,
        @Nullable KeyLoader loader,
        Writing writing,
        boolean listening,
        boolean byValue,
        Beyond beyond)
        implements Serializable {
    public static final long UNBOUNDED = 0;

    /** The plainest cache: unbounded, eternal, by reference. */
    public static final CacheSpec PLAIN =
            new CacheSpec(UNBOUNDED, Expiry.ETERNAL, false, null, Writing.NONE, false, false, Beyond.NOTHING);

    public CacheSpec bounded(long newBound) {
        return new CacheSpec(newBound, expiry, statistics, loader, writing, listening, byValue, beyond);
    }

    public CacheSpec expiring(Expiry newExpiry) {
        return new CacheSpec(bound, newExpiry, statistics, loader, writing, listening, byValue, beyond);
    }

    public CacheSpec counting() {
        return new CacheSpec(bound, expiry, true, loader, writing, listening, byValue, beyond);
    }

    public CacheSpec loading(KeyLoader newLoader) {
        return new CacheSpec(bound, expiry, statistics, newLoader, writing, listening, byValue, beyond);
    }

    public CacheSpec writing(Writing newWriting) {
        return new CacheSpec(bound, expiry, statistics, loader, newWriting, listening, byValue, beyond);
    }

    public CacheSpec heard() {
        return new CacheSpec(bound, expiry, statistics, loader, writing, true, byValue, beyond);
    }

    public CacheSpec storedByValue() {
        return new CacheSpec(bound, expiry, statistics, loader, writing, listening, true, beyond);
    }

    public CacheSpec going(Beyond newBeyond) {
        return new CacheSpec(bound, expiry, statistics, loader, writing, listening, byValue, newBeyond);
    }

    public boolean isBounded() {
        return bound != UNBOUNDED;
    }

    /** Returns the configuration in the standard's own words, which lacks the bound. */
    MutableConfiguration<Integer, Object> standard() {
        return applyTo(new MutableConfiguration<>());
    }

    /** Writes into a configuration all that the standard has words for, which is everything but the bound. */
    <C extends MutableConfiguration<Integer, Object>> C applyTo(C configuration) {
        configuration
                .setExpiryPolicyFactory(expiry.factory())
                .setStatisticsEnabled(statistics)
                .setStoreByValue(byValue);
        if (loader != null) {
            configuration.setReadThrough(true).setCacheLoaderFactory(FactoryBuilder.factoryOf(loader));
        }
        if (writing != Writing.NONE) {
            configuration.setWriteThrough(true).setCacheWriterFactory(writing.factory());
        }
        if (listening) {
            configuration.addCacheEntryListenerConfiguration(new MutableCacheEntryListenerConfiguration<>(
                    FactoryBuilder.factoryOf(new CountingListener()), null, false, true));
        }
        return configuration;
    }
}
