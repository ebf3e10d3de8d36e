package dev.larder.benchmarks.subject;

import javax.cache.configuration.Configuration;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.JCacheConfig;

/** cache2k, which is told a capacity always: its own, if nobody asks, is about 1,800 entries. */
final class Cache2kSubject extends JCacheSubject {

    Cache2kSubject() {
        super(Library.CACHE2K);
    }

    @Override
    Configuration<Integer, Object> configure(CacheSpec spec) {
        Cache2kBuilder<Integer, Object> builder = Cache2kBuilder.of(Integer.class, Object.class)
                .entryCapacity(spec.isBounded() ? spec.bound() : Long.MAX_VALUE)
                // As in a cache made with a plain configuration: by value if asked, and listeners may come later.
                .with(
                        JCacheConfig.class,
                        section -> section.copyAlwaysIfRequested(true).supportOnlineListenerAttachment(true));
        ExtendedMutableConfiguration<Integer, Object> configuration = ExtendedMutableConfiguration.of(builder);
        configuration.setTypes(Integer.class, Object.class);
        return spec.applyTo(configuration);
    }
}
