package dev.larder.annotations.internal.region;

import dev.larder.annotations.internal.method.MethodModel;
import java.lang.annotation.Annotation;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** Where methods find their caches: by name, or by the resolver factory that they name. */
public final class Regions {

    private Regions() {}

    /**
     * Returns where a method finds its cache.
     *
     * @param factory the one that the method names, or null
     */
    public static RegionSource of(MethodModel method, @Nullable CacheResolverFactory factory, RegionSettings settings) {
        Extras extras = Extras.of(method);
        return factory == null
                ? new NamedRegion(method.getCacheName(), settings, cache -> settings.region(cache, extras))
                : new ResolvedRegion(
                        factory.getCacheResolver(method), settings, cache -> settings.region(cache, extras));
    }

    /** Returns where a method finds the cache of its exceptions, or null if it has none. */
    public static @Nullable RegionSource ofExceptions(
            MethodModel method, @Nullable CacheResolverFactory factory, RegionSettings settings) {
        String name = method.rule().exceptionCacheName();
        if (name.isEmpty()) {
            return null;
        }
        return factory == null
                ? new NamedRegion(name, settings, cache -> settings.regionOfExceptions(cache, method))
                : new ResolvedRegion(
                        factory.getExceptionCacheResolver(ofResult(method)),
                        settings,
                        cache -> settings.regionOfExceptions(cache, method));
    }

    @SuppressWarnings("unchecked") // only a method with that annotation has a cache of exceptions
    private static CacheMethodDetails<CacheResult> ofResult(MethodModel method) {
        return (CacheMethodDetails<CacheResult>) (CacheMethodDetails<? extends Annotation>) method;
    }
}
