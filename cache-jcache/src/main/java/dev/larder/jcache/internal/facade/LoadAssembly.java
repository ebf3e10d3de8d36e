package dev.larder.jcache.internal.facade;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LoadSettings;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.load.Freshness;
import dev.larder.jcache.internal.load.LoadMemory;
import dev.larder.jcache.internal.load.LoadParts;
import dev.larder.jcache.internal.load.LoadParts.Renewal;
import dev.larder.jcache.internal.load.LoadThreads;
import dev.larder.jcache.internal.load.Outage;
import dev.larder.jcache.internal.load.TimedLoads;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import java.time.Duration;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Makes the parts that the settings of a cache ask for beside its loader. */
final class LoadAssembly<K> {

    private final String cacheName;
    private final Class<K> keyType;
    private final LoadSettings settings;

    private LoadAssembly(String cacheName, Class<K> keyType, LoadSettings settings) {
        this.cacheName = cacheName;
        this.keyType = keyType;
        this.settings = settings;
    }

    /**
     * Checks the settings.
     *
     * @throws CacheException if one of them could not take effect
     */
    static <K> LoadAssembly<K> of(String cacheName, CacheSettings<K, ?> settings, boolean hasLoader, Expiry expiry) {
        new LoadChecks(cacheName, settings, hasLoader, expiry).check();
        return new LoadAssembly<>(cacheName, settings.getKeyType(), settings.getLoadSettings());
    }

    LoadParts<K> parts(ManagerFacade manager) {
        boolean isTimed = settings.getHardTimeout() != null || settings.getSoftTimeout() != null;
        if (!isTimed && !isRenewed()) {
            return new LoadParts<>(newMemory(manager), null, null);
        }
        LoadThreads threads = new LoadThreads(cacheName, manager.workers().newLoadThreads());
        return new LoadParts<>(
                newMemory(manager),
                isTimed ? newTimedLoads(manager, threads) : null,
                isRenewed() ? newRenewal(manager, threads) : null);
    }

    private TimedLoads newTimedLoads(ManagerFacade manager, LoadThreads threads) {
        return new TimedLoads(
                threads, manager.timer(), millis(settings.getHardTimeout()), millis(settings.getSoftTimeout()));
    }

    private @Nullable LoadMemory<K> newMemory(ManagerFacade manager) {
        LoadMemory.Times times = new LoadMemory.Times(
                millis(settings.getNegativeTtl()),
                millis(settings.getExceptionTtl()),
                isRenewed() ? millis(settings.getStaleIfErrorBackoff()) : 0);
        if (times.areZero()) {
            return null;
        }
        StoreContext<K, Object> context = StoreContext.of(cacheName, keyType, Object.class)
                .withTime(manager.clock(), manager.timer())
                .withExecutor(manager.workers().upkeep());
        return new LoadMemory<>(context, times);
    }

    private boolean isRenewed() {
        return settings.getStaleWhileRevalidate() != null || settings.getStaleIfError() != null;
    }

    private Renewal newRenewal(ManagerFacade manager, LoadThreads threads) {
        Freshness freshness =
                new Freshness(millis(settings.getStaleWhileRevalidate()), millis(settings.getStaleIfError()));
        return new Renewal(freshness, threads, new Outage(cacheName, manager.clock()));
    }

    private static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : Ttl.of(duration).millis();
    }
}
