package dev.larder.jcache.internal.facade;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LoadSettings;
import dev.larder.jcache.internal.expiry.Expiry;
import java.time.Duration;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Refuses settings of loads that could not take effect in their cache. */
final class LoadChecks {

    private final String cacheName;
    private final LoadSettings loads;
    private final boolean hasLoader;
    private final boolean readsThrough;
    private final boolean hasFixedTtl;
    private final @Nullable Duration maxStale;

    LoadChecks(String cacheName, CacheSettings<?, ?> settings, boolean hasLoader, Expiry expiry) {
        this.cacheName = cacheName;
        this.loads = settings.getLoadSettings();
        this.hasLoader = hasLoader;
        this.readsThrough = settings.isReadThrough();
        this.hasFixedTtl = expiry.isConstant()
                && expiry.creation().isFinite()
                && expiry.access().isUnchanged();
        this.maxStale = settings.getMaxStale();
    }

    void check() {
        needLoader("negativeTtl", loads.getNegativeTtl());
        needLoader("exceptionTtl", loads.getExceptionTtl());
        needAge("staleWhileRevalidate", loads.getStaleWhileRevalidate());
        needAge("staleIfError", loads.getStaleIfError());
        needAge("refreshAhead", positive(loads.getRefreshAhead()));
        needAge("earlyRefresh", positive(loads.getEarlyRefresh()));
        needLoader("hardTimeout", loads.getHardTimeout());
        needOldValue("softTimeout", loads.getSoftTimeout());
    }

    private static @Nullable Double positive(double value) {
        return value > 0 ? value : null;
    }

    private void needLoader(String setting, @Nullable Object value) {
        if (value != null && !hasLoader) {
            throw refusal(setting, value, "needs a loader; set one");
        }
    }

    /** Insists on a time after which entries are old, counted from when they were written. */
    private void needAge(String setting, @Nullable Object value) {
        needLoader(setting, value);
        if (value != null && !readsThrough) {
            throw refusal(setting, value, "needs read-through; switch it on");
        }
        if (value != null && !hasFixedTtl) {
            throw refusal(
                    setting,
                    value,
                    "needs entries that expire at a fixed time after they were written; set expireAfterWrite or"
                            + " expireAfterCreation");
        }
    }

    private void needOldValue(String setting, @Nullable Duration value) {
        if (value != null && loads.getStaleIfError() == null) {
            throw refusal(setting, value, "needs an old value to serve; set staleIfError");
        }
        Duration hard = loads.getHardTimeout();
        if (value != null && hard != null && value.compareTo(hard) >= 0) {
            throw refusal(setting, value, "must be less than hardTimeout " + hard + "; make it shorter");
        }
    }

    /** Insists on a time in which entries are fresh. */
    void needTime(long freshMillis) {
        if (freshMillis <= 0) {
            needTime("staleWhileRevalidate", loads.getStaleWhileRevalidate());
            needTime("staleIfError", loads.getStaleIfError());
        }
    }

    private void needTime(String setting, @Nullable Duration value) {
        if (value != null && maxStale != null && value.compareTo(maxStale) >= 0) {
            throw refusal(
                    setting,
                    value,
                    "would leave no time to be fresh, because maxStale lets no entry live longer than " + maxStale
                            + "; make it shorter");
        }
    }

    private CacheException refusal(String setting, Object value, String reason) {
        return new CacheException("cache \"" + cacheName + "\": " + setting + " " + value + " " + reason + ", or leave "
                + setting + " out");
    }
}
