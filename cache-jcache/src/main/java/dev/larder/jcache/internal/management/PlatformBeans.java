package dev.larder.jcache.internal.management;

import dev.larder.jcache.internal.stats.Statistics;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The MBeans of a cache that has shown one, in the platform's server. */
final class PlatformBeans {

    /** Whose bean has which name now: a cache that is closed late must not take away the bean of its successor. */
    private static final Map<ObjectName, Object> SHOWN = new ConcurrentHashMap<>();

    private final ObjectName configurationName;
    private final ObjectName statisticsName;
    private final ConfigurationBean configurationBean;
    private final StatisticsBean statisticsBean;
    private final ObjectName storeName;
    private final @Nullable StoreHealthBean storeBean;

    /** Creates the beans of a cache; none is registered yet. */
    PlatformBeans(
            String managerUri,
            String cacheName,
            Supplier<CompleteConfiguration<?, ?>> configuration,
            Statistics statistics,
            @Nullable StoreHealthBean storeBean) {
        configurationName = name("javax.cache:type=CacheConfiguration", managerUri, cacheName);
        statisticsName = name("javax.cache:type=CacheStatistics", managerUri, cacheName);
        storeName = name("dev.larder:type=StoreHealth", managerUri, cacheName);
        configurationBean = new ConfigurationBean(configuration);
        statisticsBean = new StatisticsBean(statistics);
        this.storeBean = storeBean;
    }

    void showConfiguration(boolean shown) {
        show(configurationName, configurationBean, shown);
        if (storeBean != null) {
            show(storeName, storeBean, shown);
        }
    }

    void showStatistics(boolean shown) {
        show(statisticsName, statisticsBean, shown);
    }

    private static synchronized void show(ObjectName name, Object bean, boolean shown) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            if (shown) {
                unregister(server, name);
                server.registerMBean(bean, name);
                SHOWN.put(name, bean);
            } else if (SHOWN.remove(name, bean)) {
                unregister(server, name);
            }
        } catch (JMException e) {
            throw new CacheException("the MBean " + name + " could not be " + (shown ? "registered" : "removed"), e);
        }
    }

    private static void unregister(MBeanServer server, ObjectName name) throws JMException {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // it was not there, which is what was wanted
        }
    }

    private static ObjectName name(String kind, String managerUri, String cacheName) {
        String text = kind + ",CacheManager=" + legal(managerUri) + ",Cache=" + legal(cacheName);
        try {
            return new ObjectName(text);
        } catch (JMException e) {
            throw new CacheException("no MBean can have the name " + text, e);
        }
    }

    /** Returns a text with dots for what a name of JMX cannot have, as the TCK expects it. */
    private static String legal(String text) {
        return text.replaceAll("[,:=\n*?\"]", ".");
    }
}
