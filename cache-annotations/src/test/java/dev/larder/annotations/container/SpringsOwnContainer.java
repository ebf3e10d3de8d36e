package dev.larder.annotations.container;

import dev.larder.annotations.key.ParametersKey;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.cache.jcache.config.JCacheConfigurer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Spring with its own support of the annotations, to be compared with. It is given the keys that the cases look for, and made to create caches; by itself it does neither.
 */
final class SpringsOwnContainer implements Container {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /** Switches the annotations on. */
    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class Switch implements JCacheConfigurer {

        @Bean
        JCacheCacheManager springCacheManager() {
            return new Creating();
        }

        @Override
        public KeyGenerator keyGenerator() {
            return (target, method, parameters) -> ParametersKey.of(parameters);
        }
    }

    /** Knows the caches of the default provider, and makes what it lacks. */
    private static final class Creating extends JCacheCacheManager {

        Creating() {
            super(Caching.getCachingProvider().getCacheManager());
        }

        @Override
        protected @Nullable Cache getMissingCache(String name) {
            javax.cache.CacheManager manager = Caching.getCachingProvider().getCacheManager();
            if (manager.getCache(name) == null) {
                manager.createCache(name, new MutableConfiguration<>());
            }
            return super.getMissingCache(name);
        }
    }

    SpringsOwnContainer(Class<?>... implementations) {
        context.register(Switch.class);
        for (Class<?> implementation : implementations) {
            context.registerBean(implementation);
        }
        context.refresh();
    }

    @Override
    public <T> T get(Class<T> type, Class<? extends T> implementation) {
        return context.getBean(implementation);
    }

    @Override
    public void close() {
        context.close();
    }
}
