package dev.larder.jcache.internal.management;

import dev.larder.codec.UnreadableReason;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.guard.GuardStatus;
import dev.larder.store.guard.OnStoreFailure;
import java.util.Map;
import java.util.function.Supplier;
import javax.cache.configuration.CompleteConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The MBeans of a cache in the platform's server: they are there while they are switched on. The one of the store goes with the
 * one of the configuration.
 *
 * <p>To switch on what is on, or off what is off, changes nothing. Another bean of the same name, of a second manager with
 * the same URI, is replaced. A cache that shows nothing leaves JMX alone: to start it takes longer than all else that such a
 * cache needs.
 */
public final class CacheBeans {

    private final String managerUri;
    private final String cacheName;
    private final Supplier<CompleteConfiguration<?, ?>> configuration;
    private final Statistics statistics;
    private @Nullable StoreHealthBean storeBean;

    /** Null until one is shown. */
    private @Nullable PlatformBeans beans;

    /** Prepares the beans of a cache; none is registered yet. */
    public CacheBeans(
            String managerUri,
            String cacheName,
            Supplier<CompleteConfiguration<?, ?>> configuration,
            Statistics statistics) {
        this.managerUri = managerUri;
        this.cacheName = cacheName;
        this.configuration = configuration;
        this.statistics = statistics;
    }

    /** Adds how the store is and what it could not read, if that is known; to be called before anything is shown. */
    public void addStore(
            OnStoreFailure onFailure, Supplier<GuardStatus> status, Supplier<Map<UnreadableReason, Long>> unreadable) {
        storeBean = new StoreHealthBean(onFailure, status, unreadable);
    }

    /** Shows or hides the configuration, and how the store is. */
    public synchronized void showConfiguration(boolean shown) {
        PlatformBeans needed = beansIf(shown);
        if (needed != null) {
            needed.showConfiguration(shown);
        }
    }

    /** Shows or hides the statistics. */
    public synchronized void showStatistics(boolean shown) {
        PlatformBeans needed = beansIf(shown);
        if (needed != null) {
            needed.showStatistics(shown);
        }
    }

    /** Returns the beans, made now if one is to be shown; null if none ever was, and there is nothing to hide. */
    private @Nullable PlatformBeans beansIf(boolean shown) {
        if (beans == null && shown) {
            beans = new PlatformBeans(managerUri, cacheName, configuration, statistics, storeBean);
        }
        return beans;
    }
}
