package dev.larder.annotations.internal.region;

import java.lang.annotation.Annotation;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheResolver;
import org.jspecify.annotations.Nullable;

/** The cache that a {@link CacheResolver} of the application says, for each call anew. */
final class ResolvedRegion implements RegionSource {

    private final CacheResolver resolver;
    private final RegionSettings settings;
    private final Function<Cache<Object, Object>, Region> opening;

    /** That of the call before; racy, but only spares a look into the others. */
    private volatile @Nullable Region last;

    /** Those of all calls; a resolver may have a cache for each tenant. Soft, as a region holds its cache. */
    private final Map<Cache<?, ?>, SoftReference<Region>> regions = new WeakHashMap<>();

    ResolvedRegion(CacheResolver resolver, RegionSettings settings, Function<Cache<Object, Object>, Region> opening) {
        this.resolver = resolver;
        this.settings = settings;
        this.opening = opening;
    }

    @Override
    public @Nullable Region known() {
        return null;
    }

    @Override
    public @Nullable Region resolve(CacheInvocationContext<? extends Annotation> context) {
        try {
            Cache<Object, Object> cache = resolver.resolveCache(context);
            Region before = last;
            if (before != null && before.isOf(cache)) {
                return before;
            }
            Region found = regionOf(cache);
            last = found;
            return found;
        } catch (RuntimeException e) {
            settings.failures().failed(context.getCacheName(), "resolveCache", e);
            return null;
        }
    }

    private Region regionOf(Cache<Object, Object> cache) {
        synchronized (regions) {
            SoftReference<Region> kept = regions.get(cache);
            Region known = kept == null ? null : kept.get();
            if (known == null) {
                regions.keySet().removeIf(Cache::isClosed);
                known = opening.apply(cache);
                regions.put(cache, new SoftReference<>(known));
            }
            return known;
        }
    }
}
