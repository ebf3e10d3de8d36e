package dev.larder.examples.annotations;

import dev.larder.annotations.CacheAnnotations;
import dev.larder.annotations.CachedProxy;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** The annotations without a container. */
public final class PlainJavaExample {

    private PlainJavaExample() {}

    /** Runs it. */
    public static void main(String[] args) {
        try (CacheManager caches = Caching.getCachingProvider().getCacheManager()) {
            CacheAnnotations annotations =
                    CacheAnnotations.builder().cacheManager(caches).strict(true).build();
            Week.spendWith(CachedProxy.of(Forecasts.class, new ForecastService(), annotations));
        }
    }
}
