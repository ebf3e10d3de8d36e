package dev.larder.examples.boot;

import java.net.URI;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The caches of this instance, which end with it. Where their entries are kept stands in {@code larder.json}. */
@Configuration(proxyBeanMethods = false)
class Caches {

    private static final String LARDER = "dev.larder.jcache.provider.LarderCachingProvider";

    @Bean
    CacheManager cacheManager(
            @Value("${shop.caches:classpath:larder.json}") URI configuration, ApplicationContext application) {
        return Caching.getCachingProvider(LARDER).getCacheManager(configuration, application.getClassLoader());
    }
}
