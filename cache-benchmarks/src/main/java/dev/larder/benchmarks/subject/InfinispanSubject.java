package dev.larder.benchmarks.subject;

import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.infinispan.commons.marshall.JavaSerializationMarshaller;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.jcache.embedded.JCacheManager;

/** Infinispan in this JVM, which is asked by the name of a cache for what the standard has no words for. */
final class InfinispanSubject extends JCacheSubject {
    private long bound = CacheSpec.UNBOUNDED;

    InfinispanSubject() {
        super(Library.INFINISPAN);
    }

    @Override
    javax.cache.configuration.Configuration<Integer, Object> configure(CacheSpec spec) {
        return spec.standard();
    }

    @Override
    CacheManager managerFor(CacheSpec spec, CachingProvider from) {
        bound = spec.bound();
        Consumer<GlobalConfigurationBuilder> serialization = InfinispanSubject::allowSerialization;
        Properties properties = new Properties();
        properties.put(JCacheManager.GLOBAL_CONFIGURATION_CONSUMER, serialization);
        Function<String, Configuration> nativeConfiguration = name -> nativeConfiguration();
        properties.put(JCacheManager.CACHE_CONFIGURATION_FUNCTION, nativeConfiguration);
        return from.getCacheManager(from.getDefaultURI(), from.getDefaultClassLoader(), properties);
    }

    /** Otherwise it takes no class that it was not told the Protobuf form of. */
    private static void allowSerialization(GlobalConfigurationBuilder builder) {
        builder.serialization()
                .marshaller(new JavaSerializationMarshaller())
                .allowList()
                .addRegexp("dev[.]larder[.]benchmarks[.].*|java[.].*");
    }

    private Configuration nativeConfiguration() {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        if (bound != CacheSpec.UNBOUNDED) {
            builder.memory().maxCount(bound);
        }
        return builder.build();
    }
}
