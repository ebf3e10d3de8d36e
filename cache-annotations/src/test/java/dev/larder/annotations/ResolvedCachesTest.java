package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.spi.Instances;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where results and exceptions go. */
class ResolvedCachesTest {

    private final CacheManager manager = Managers.of(Managers.LARDER);

    /** Names a cache for each tenant. */
    @FunctionalInterface
    interface Tenants {

        @CacheResult(cacheResolverFactory = ByTenant.class)
        String find(String tenant);
    }

    /** Gets each tenant's cache. */
    private record ByTenant(Map<String, Cache<?, ?>> caches) implements CacheResolverFactory {

        @Override
        public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
            return new CacheResolver() {
                @Override
                @SuppressWarnings("unchecked") // types are erased
                public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                    return (Cache<K, V>) Objects.requireNonNull(
                            caches.get(String.valueOf(context.getAllParameters()[0].getValue())), "cache");
                }
            };
        }

        @Override
        public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
            return getCacheResolver(method);
        }
    }

    /** With one cache for both. */
    @FunctionalInterface
    interface Mingled {

        @CacheResult(cacheName = "mingled", exceptionCacheName = "mingled")
        String find(String key);
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** What is known of a cache is kept with its manager, which here is counted. */
    @Test
    void cachesThatTakeTurnsAreLookedAtOnceEach() {
        AtomicInteger looks = new AtomicInteger();
        Map<String, Cache<?, ?>> caches = Map.of("a", counted("a", looks), "b", counted("b", looks));
        CacheResolverFactory factory = new ByTenant(caches);
        Tenants tenants = CachedProxy.of(
                Tenants.class,
                tenant -> tenant,
                CacheAnnotations.builder()
                        .cacheManager(manager)
                        .instances(new Instances() {
                            @Override
                            public <T> T get(Class<T> type) {
                                return type.cast(factory);
                            }
                        })
                        .build());
        tenants.find("a");
        tenants.find("b");
        int before = looks.get();

        tenants.find("a");
        tenants.find("b");

        assertThat(looks).hasValue(before);
    }

    private Cache<?, ?> counted(String name, AtomicInteger looks) {
        Cache<Object, Object> cache = manager.createCache(name, new MutableConfiguration<>());
        return (Cache<?, ?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getCacheManager")) {
                        looks.incrementAndGet();
                    }
                    return method.getName().equals("equals")
                            ? (Object) (proxy == arguments[0])
                            : method.invoke(cache, arguments);
                });
    }

    @Test
    void exceptionsAmongResultsAreRefused() {
        Mingled mingled = key -> key;

        assertThatThrownBy(() -> CachedProxy.of(
                        Mingled.class,
                        mingled,
                        CacheAnnotations.builder().cacheManager(manager).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would keep its exceptions among its results in cache \"mingled\"");
    }
}
