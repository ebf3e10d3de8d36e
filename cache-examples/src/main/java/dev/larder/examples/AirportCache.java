package dev.larder.examples;

import dev.larder.jcache.CacheSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** How airports are cached. */
final class AirportCache {

    private AirportCache() {}

    /** Returns settings of a cache that keeps the airports of a table at hand, and passes changes on to it. */
    static CacheSettings<String, Airport> settings(AirportTable table, int maximumSize, Duration timeToLive) {
        return CacheSettings.builder(String.class, Airport.class)
                .maximumSize(maximumSize)
                .expireAfterWrite(timeToLive)
                .loader(new AirportLoader(table))
                .writer(new AirportWriter(table))
                .statistics(true)
                .build();
    }

    /** Returns the counts of a cache, as a tool for JMX would find them. */
    static CacheStatisticsMXBean statistics(Cache<?, ?> cache) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName pattern = name("javax.cache:type=CacheStatistics,Cache=" + cache.getName() + ",*");
        ObjectName found = server.queryNames(pattern, null).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("cache \"" + cache.getName() + "\" has no statistics"));
        return JMX.newMXBeanProxy(server, found, CacheStatisticsMXBean.class);
    }

    private static ObjectName name(String name) {
        try {
            return new ObjectName(name);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("not a name for JMX: " + name, e);
        }
    }
}
