package dev.larder.jcache.statistics;

import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Finds the statistics of a cache where a user finds them: among the platform's MBeans. */
final class Beans {

    private Beans() {}

    static CacheStatisticsMXBean statistics(Cache<?, ?> cache) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName pattern = new ObjectName("javax.cache:type=CacheStatistics,Cache=" + cache.getName() + ",*");
            ObjectName name = server.queryNames(pattern, null).iterator().next();
            return JMX.newMXBeanProxy(server, name, CacheStatisticsMXBean.class);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
