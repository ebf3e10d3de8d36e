package dev.larder.benchmarks.subject;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/** Makes caches of a provider of the standard. What differs from one to the next is how a bound is asked for. */
abstract class JCacheSubject implements Subject {
    /** The names of caches differ, because a benchmark in the same JVM may have left one behind. */
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final CachingProvider provider;

    JCacheSubject(Library library) {
        provider = Caching.getCachingProvider(library.providerClass());
    }

    /** Turns the specification into a configuration of this provider. */
    abstract Configuration<Integer, Object> configure(CacheSpec spec);

    /** Returns the manager to make such a cache with. */
    CacheManager managerFor(CacheSpec spec, CachingProvider from) {
        return from.getCacheManager();
    }

    @Override
    public final Target open(CacheSpec spec) {
        return target(create(managerFor(spec, provider), configure(spec)), spec);
    }

    @Override
    public final Target openPlain() {
        return new JCacheTarget(create(managerFor(CacheSpec.PLAIN, provider), new MutableConfiguration<>()));
    }

    /** Returns the way to a cache. */
    Target target(Cache<Integer, Object> cache, CacheSpec spec) {
        return new JCacheTarget(cache);
    }

    private static Cache<Integer, Object> create(CacheManager manager, Configuration<Integer, Object> configuration) {
        return manager.createCache("cache" + OPENED.incrementAndGet(), configuration);
    }

    @Override
    public void close() {
        provider.close();
    }
}
