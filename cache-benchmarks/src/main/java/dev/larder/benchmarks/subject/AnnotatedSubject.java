package dev.larder.benchmarks.subject;

import dev.larder.annotations.CacheAnnotations;
import dev.larder.annotations.CachedProxy;
import dev.larder.annotations.key.ParametersKey;
import dev.larder.annotations.spring.EnableCacheAnnotations;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A method whose results are in a cache of Larder, by its annotation, and the ways to them. */
public final class AnnotatedSubject implements AutoCloseable {

    private final CountingSquares target = new CountingSquares();
    private final CachingProvider provider = Caching.getCachingProvider(Library.LARDER.providerClass());
    private final CacheManager manager = provider.getCacheManager();
    private final boolean bareKeys;
    private @Nullable AnnotationConfigApplicationContext context;

    /**
     * @param bound how many entries the cache may hold
     * @param bareKeys whether the argument is the key itself
     */
    public AnnotatedSubject(long bound, boolean bareKeys) {
        this.bareKeys = bareKeys;
        manager.createCache(CountingSquares.CACHE, new LarderSubject().configure(CacheSpec.PLAIN.bounded(bound)));
    }

    /** Spring's own support, over the caches of Larder. */
    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class SpringsOwn {

        @Bean
        JCacheCacheManager springCacheManager(CacheManager manager) {
            return new JCacheCacheManager(manager);
        }
    }

    /** Larder's adapter. */
    @Configuration(proxyBeanMethods = false)
    @EnableCacheAnnotations
    static class LardersOwn {}

    /** Returns the method as that library intercepts it. */
    public Squares intercepted(Library library) {
        return switch (library) {
            case LARDER, LARDER_GET -> proxied();
            case LARDER_SPRING -> managed(LardersOwn.class);
            case SPRING -> managed(SpringsOwn.class);
            default -> throw new UnsupportedOperationException(library.title() + " intercepts nothing");
        };
    }

    private Squares proxied() {
        return CachedProxy.of(
                Squares.class,
                target,
                CacheAnnotations.builder()
                        .cacheManager(manager)
                        .bareKeys(bareKeys)
                        .build());
    }

    private Squares managed(Class<?> configuration) {
        AnnotationConfigApplicationContext made = new AnnotationConfigApplicationContext();
        context = made;
        made.register(configuration);
        made.registerBean(CacheManager.class, () -> manager);
        made.registerBean("squares", Squares.class, () -> target);
        made.refresh();
        return made.getBean(Squares.class);
    }

    /** Returns the key under which the result for an argument is in {@link #cache}. */
    public Object keyOf(Integer number) {
        return bareKeys ? number : ParametersKey.of(number);
    }

    /** Returns the cache with the results. */
    public Cache<Object, Object> cache() {
        return Objects.requireNonNull(manager.getCache(CountingSquares.CACHE), CountingSquares.CACHE);
    }

    /** Returns how often the method was called and not spared. */
    public int calls() {
        return target.calls();
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
        provider.close();
    }
}
