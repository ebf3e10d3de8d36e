package dev.larder.benchmarks.subject;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.config.CacheConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;

/** A Hazelcast member in this JVM that looks for no other. It stores by value whatever it is asked. */
final class HazelcastSubject extends JCacheSubject {
    private final HazelcastInstance member = Hazelcast.newHazelcastInstance(alone());

    HazelcastSubject() {
        super(Library.HAZELCAST);
    }

    private static Config alone() {
        Config config = new Config();
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        return config;
    }

    @Override
    Configuration<Integer, Object> configure(CacheSpec spec) {
        // one that is stored by reference is refused
        CacheConfig<Integer, Object> configuration =
                new CacheConfig<>(spec.storedByValue().standard());
        configuration.setBackupCount(0);
        if (spec.isBounded()) {
            configuration.setEvictionConfig(new EvictionConfig()
                    .setMaxSizePolicy(MaxSizePolicy.ENTRY_COUNT)
                    .setEvictionPolicy(EvictionPolicy.LRU)
                    .setSize(Math.toIntExact(spec.bound())));
        } else {
            configuration.getEvictionConfig().setSize(Integer.MAX_VALUE);
        }
        return configuration;
    }

    @Override
    CacheManager managerFor(CacheSpec spec, CachingProvider from) {
        return from.getCacheManager(null, null, HazelcastCachingProvider.propertiesByInstanceItself(member));
    }

    @Override
    public void close() {
        super.close();
        member.shutdown();
    }
}
