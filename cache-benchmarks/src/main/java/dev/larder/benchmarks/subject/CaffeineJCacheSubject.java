package dev.larder.benchmarks.subject;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import java.util.OptionalLong;
import javax.cache.configuration.Configuration;

/** Caffeine's own JCache layer. */
final class CaffeineJCacheSubject extends JCacheSubject {

    CaffeineJCacheSubject() {
        super(Library.CAFFEINE_JCACHE);
    }

    @Override
    Configuration<Integer, Object> configure(CacheSpec spec) {
        CaffeineConfiguration<Integer, Object> configuration = new CaffeineConfiguration<>(spec.standard());
        if (spec.isBounded()) {
            configuration.setMaximumSize(OptionalLong.of(spec.bound()));
        }
        return configuration;
    }
}
