package dev.larder.jcache.internal.facade;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LoadSettings;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.load.EarlyRefresh;
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
import java.util.concurrent.ThreadLocalRandom;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Makes the parts that the settings of a cache ask for beside its loader. */
final class LoadAssembly<K> {

    private final String cacheName;
    private final Class<K> keyType;
    private final LoadSettings settings;
    private final double jitter;
    private final LoadChecks checks;

    private LoadAssembly(String cacheName, CacheSettings<K, ?> settings, LoadChecks checks) {
        this.cacheName = cacheName;
        this.keyType = settings.getKeyType();
        this.settings = settings.getLoadSettings();
        this.jitter = settings.getJitter();
        this.checks = checks;
    }

    /**
     * Checks the settings.
     *
     * @throws CacheException if one of them could not take effect
     */
    static <K> LoadAssembly<K> of(String cacheName, CacheSettings<K, ?> settings, boolean hasLoader, Expiry expiry) {
        LoadChecks checks = new LoadChecks(cacheName, settings, hasLoader, expiry);
        checks.check();
        return new LoadAssembly<>(cacheName, settings, checks);
    }

    /** Returns how much longer than its TTL an entry is to be kept. */
    long moreMillis() {
        return Math.max(millis(settings.getStaleWhileRevalidate()), millis(settings.getStaleIfError()));
    }

    /**
     * Makes the parts.
     *
     * @param kept how long entries are kept, with what their TTL was lengthened by
     * @throws CacheException if that leaves no time in which they are fresh
     */
    LoadParts<K> parts(ManagerFacade manager, Expiry kept) {
        long freshMillis = isRenewed() ? freshMillis(kept) : 0;
        boolean isTimed = settings.getHardTimeout() != null || settings.getSoftTimeout() != null;
        if (!isTimed && !isRenewed()) {
            return new LoadParts<>(newMemory(manager), null, null);
        }
        LoadThreads threads = new LoadThreads(cacheName, manager.workers().newLoadThreads());
        return new LoadParts<>(
                newMemory(manager),
                isTimed ? newTimedLoads(manager, threads) : null,
                isRenewed() ? newRenewal(manager, threads, freshMillis) : null);
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

    /** Where the life of entries is bounded, the time in which they are stale is part of it. */
    private long freshMillis(Expiry kept) {
        long fresh = kept.creation().millis() - moreMillis();
        checks.needTime(fresh);
        return fresh;
    }

    /** Whether values are loaded anew that are past their time, or soon will be. */
    boolean isRenewed() {
        return settings.getStaleWhileRevalidate() != null
                || settings.getStaleIfError() != null
                || settings.getRefreshAhead() > 0
                || settings.getEarlyRefresh() > 0;
    }

    private Renewal newRenewal(ManagerFacade manager, LoadThreads threads, long freshMillis) {
        Freshness freshness = new Freshness(
                millis(settings.getStaleWhileRevalidate()),
                millis(settings.getStaleIfError()),
                aheadMillis(freshMillis),
                settings.getEarlyRefresh() > 0 ? newEarlyRefresh(manager) : null);
        return new Renewal(freshness, threads, new Outage(cacheName, manager.clock()));
    }

    /** Counted from the shortest TTL that a key can have: whoever renews a value is not to find it due once more. */
    private long aheadMillis(long freshMillis) {
        double ahead = settings.getRefreshAhead();
        return ahead > 0 ? Math.round((1 - ahead) * (1 - jitter) * freshMillis) : 0;
    }

    private EarlyRefresh newEarlyRefresh(ManagerFacade manager) {
        return new EarlyRefresh(
                settings.getEarlyRefresh(),
                manager.clock(),
                () -> 1 - ThreadLocalRandom.current().nextDouble());
    }

    private static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : Ttl.of(duration).millis();
    }
}
