package dev.larder.annotations.internal.region;

import java.lang.annotation.Annotation;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/** The cache of a name, made on first use, and looked for again when it has been closed. */
final class NamedRegion implements RegionSource {

    private final String name;
    private final RegionSettings settings;
    private final Function<Cache<Object, Object>, Region> opening;
    private volatile @Nullable Region region;

    NamedRegion(String name, RegionSettings settings, Function<Cache<Object, Object>, Region> opening) {
        this.name = name;
        this.settings = settings;
        this.opening = opening;
    }

    @Override
    public @Nullable Region known() {
        Region known = region;
        return known != null && known.isUsable() ? known : null;
    }

    @Override
    public @Nullable Region resolve(CacheInvocationContext<? extends Annotation> context) {
        try {
            Supplier<CacheManager> manager = settings.manager();
            Region opened = opening.apply(Caches.getOrCreate(manager.get(), name, new MutableConfiguration<>()));
            region = opened;
            return opened;
        } catch (RuntimeException e) {
            settings.failures().failed(name, "getCache", e);
            return null;
        }
    }
}
