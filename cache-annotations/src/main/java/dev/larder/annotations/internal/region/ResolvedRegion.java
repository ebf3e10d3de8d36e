package dev.larder.annotations.internal.region;

import java.lang.annotation.Annotation;
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

    /** That of the call before; racy, but only spares making one. */
    private volatile @Nullable Region last;

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
            Region opened = opening.apply(cache);
            last = opened;
            return opened;
        } catch (RuntimeException e) {
            settings.failures().failed(context.getCacheName(), "resolveCache", e);
            return null;
        }
    }
}
