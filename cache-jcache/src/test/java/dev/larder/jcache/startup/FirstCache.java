package dev.larder.jcache.startup;

import dev.larder.jcache.provider.LarderCachingProvider;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** The program whose classes are counted: a plain cache, a put and a get. It prints nothing, and so adds no class of its own. */
final class FirstCache {

    private FirstCache() {}

    /** Ends with 0 if the cache works. */
    public static void main(String[] arguments) {
        Cache<Integer, Integer> cache = Caching.getCachingProvider(LarderCachingProvider.class.getName())
                .getCacheManager()
                .createCache("first", new MutableConfiguration<>());
        cache.put(1, 2);
        Integer found = cache.get(1);
        // without closing: what that loads is no part of a start
        Runtime.getRuntime().halt(found == 2 ? 0 : 1);
    }
}
