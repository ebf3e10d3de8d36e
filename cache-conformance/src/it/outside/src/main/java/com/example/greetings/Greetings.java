package com.example.greetings;

import dev.larder.jcache.EffectiveConfiguration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/**
 * Caches a greeting, and fails if the provider was not found where the argument says, a module or "class path", or the
 * configuration file was not.
 */
public final class Greetings {
    private Greetings() {}

    public static void main(String[] args) {
        try (CachingProvider provider = Caching.getCachingProvider();
                CacheManager manager = provider.getCacheManager()) {
            Cache<String, String> greetings =
                    manager.createCache("greetings", new MutableConfiguration<String, String>());
            greetings.put("en", "hello");

            expect("hello", greetings.get("en"));
            String place = provider.getClass().getModule().isNamed()
                    ? provider.getClass().getModule().getName()
                    : "class path";
            expect(args[0], place);
            expect("true", "" + EffectiveConfiguration.of(manager).describe().contains("\"greet*\""));
            System.out.println(greetings.get("en") + " from " + place);
        }
    }

    private static void expect(String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but was " + actual);
        }
    }
}
