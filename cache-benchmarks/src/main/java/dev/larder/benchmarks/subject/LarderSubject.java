package dev.larder.benchmarks.subject;

import dev.larder.jcache.CacheSettings;
import javax.cache.configuration.Configuration;

/** Larder. */
final class LarderSubject extends JCacheSubject {

    LarderSubject() {
        super(Library.LARDER);
    }

    @Override
    Configuration<Integer, Object> configure(CacheSpec spec) {
        Configuration<Integer, Object> configuration = spec.standard();
        return spec.isBounded()
                ? CacheSettings.builder(configuration).maximumSize(spec.bound()).build()
                : configuration;
    }
}
