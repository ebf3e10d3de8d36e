package dev.larder.examples;

import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** The smallest program with a cache; it needs nothing but JCache, which finds Larder on the class path. */
public final class HelloLarder {

    private HelloLarder() {}

    /** Puts a value into a cache and gets it back. */
    public static void main(String[] args) {
        try (CacheManager caches = Caching.getCachingProvider().getCacheManager()) {
            var configuration = new MutableConfiguration<String, String>().setTypes(String.class, String.class);
            Cache<String, String> capitals = caches.createCache("capitals", configuration);

            capitals.put("Norway", "Oslo");
            System.out.println("The capital of Norway is " + capitals.get("Norway"));
        }
    }
}
