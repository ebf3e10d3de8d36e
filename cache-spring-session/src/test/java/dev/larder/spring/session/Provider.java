package dev.larder.spring.session;

import java.net.URI;
import java.util.Properties;
import java.util.UUID;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** The providers that sessions are tested over. */
enum Provider {
    LARDER("dev.larder.jcache.provider.LarderCachingProvider"),
    CAFFEINE("com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider");

    private final String className;

    Provider(String className) {
        this.className = className;
    }

    /** Returns a manager that nobody else has. */
    CacheManager newManager() {
        CachingProvider provider = Caching.getCachingProvider(className);
        return provider.getCacheManager(
                URI.create("test:" + UUID.randomUUID()), provider.getDefaultClassLoader(), new Properties());
    }
}
