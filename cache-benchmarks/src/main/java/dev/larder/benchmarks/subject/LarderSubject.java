package dev.larder.benchmarks.subject;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.configuration.Configuration;

/** Larder. */
final class LarderSubject extends JCacheSubject {

    LarderSubject() {
        super(Library.LARDER);
    }

    @Override
    Configuration<Integer, Object> configure(CacheSpec spec) {
        Configuration<Integer, Object> configuration = spec.standard();
        if (!spec.isBounded()) {
            return configuration;
        }
        CacheSettings.Builder<Integer, Object> settings =
                CacheSettings.builder(configuration).maximumSize(spec.bound());
        return spec.beyond() == Beyond.STALE_WHILE_REVALIDATE
                ? settings.loader(new KeyLoader())
                        .staleWhileRevalidate(Duration.ofMinutes(1))
                        .build()
                : settings.build();
    }

    @Override
    Target target(Cache<Integer, Object> cache, CacheSpec spec) {
        return spec.beyond() == Beyond.TAGS ? new TaggingTarget(LarderCache.of(cache)) : super.target(cache, spec);
    }
}
