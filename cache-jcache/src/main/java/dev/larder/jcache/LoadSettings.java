package dev.larder.jcache;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a cache does when its source has no value or fails. Immutable; set by the methods of {@link CacheSettings.Builder} with the
 * same names, which say what each means.
 */
public final class LoadSettings implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration DEFAULT_BACKOFF = Duration.ofSeconds(1);

    /** Every load as the source answers it, and nothing else. */
    static final LoadSettings NONE = new LoadSettings();

    private @Nullable Duration negativeTtl;
    private @Nullable Duration exceptionTtl;

    private @Nullable Duration staleWhileRevalidate;
    private @Nullable Duration staleIfError;
    private Duration staleIfErrorBackoff = DEFAULT_BACKOFF;

    private @Nullable Duration hardTimeout;
    private @Nullable Duration softTimeout;

    private double refreshAhead;
    private double earlyRefresh;

    private LoadSettings() {}

    /** Returns these settings with a change, which must not keep what it is given. */
    LoadSettings with(Consumer<LoadSettings> change) {
        LoadSettings changed = new LoadSettings();
        changed.negativeTtl = negativeTtl;
        changed.exceptionTtl = exceptionTtl;
        changed.staleWhileRevalidate = staleWhileRevalidate;
        changed.staleIfError = staleIfError;
        changed.staleIfErrorBackoff = staleIfErrorBackoff;
        changed.hardTimeout = hardTimeout;
        changed.softTimeout = softTimeout;
        changed.refreshAhead = refreshAhead;
        changed.earlyRefresh = earlyRefresh;
        change.accept(changed);
        return changed;
    }

    void setNegativeTtl(Duration duration) {
        negativeTtl = atLeastAMilli("negativeTtl", duration);
    }

    void setExceptionTtl(Duration duration) {
        exceptionTtl = atLeastAMilli("exceptionTtl", duration);
    }

    void setStaleWhileRevalidate(Duration duration) {
        staleWhileRevalidate = atLeastAMilli("staleWhileRevalidate", duration);
    }

    void setStaleIfError(Duration duration) {
        staleIfError = atLeastAMilli("staleIfError", duration);
    }

    void setStaleIfErrorBackoff(Duration duration) {
        staleIfErrorBackoff = atLeastAMilli("staleIfErrorBackoff", duration);
    }

    void setHardTimeout(Duration duration) {
        hardTimeout = atLeastAMilli("hardTimeout", duration);
    }

    void setSoftTimeout(Duration duration) {
        softTimeout = atLeastAMilli("softTimeout", duration);
    }

    void setRefreshAhead(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("refreshAhead must be more than 0 and less than 1: " + fraction);
        }
        refreshAhead = fraction;
    }

    void setEarlyRefresh(double beta) {
        if (!(beta > 0 && Double.isFinite(beta))) {
            throw new IllegalArgumentException("earlyRefresh must be more than 0: " + beta);
        }
        earlyRefresh = beta;
    }

    private static Duration atLeastAMilli(String setting, Duration duration) {
        return CacheSettings.Builder.atLeastAMilli(setting, duration);
    }

    /** Returns how long it is remembered that a key has no value, or null if it is not. */
    public @Nullable Duration getNegativeTtl() {
        return negativeTtl;
    }

    /** Returns how long it is remembered that the load of a key failed, or null if it is not. */
    public @Nullable Duration getExceptionTtl() {
        return exceptionTtl;
    }

    /** Returns how long after its TTL a value is served while it is loaded anew in the background, or null if it is not. */
    public @Nullable Duration getStaleWhileRevalidate() {
        return staleWhileRevalidate;
    }

    /** Returns how long after its TTL a value is served if it cannot be loaded anew, or null if it is not. */
    public @Nullable Duration getStaleIfError() {
        return staleIfError;
    }

    /** Returns how long after a failure a value that is past its TTL is not loaded anew. */
    public Duration getStaleIfErrorBackoff() {
        return staleIfErrorBackoff;
    }

    /** Returns how long a call waits for a load at most, or null if that has no bound. */
    public @Nullable Duration getHardTimeout() {
        return hardTimeout;
    }

    /** Returns how long a call waits for a load at most if it has an old value, or null if no shorter than others. */
    public @Nullable Duration getSoftTimeout() {
        return softTimeout;
    }

    /** Returns after which part of its TTL a value that is read is loaded anew, or zero if that is none. */
    public double getRefreshAhead() {
        return refreshAhead;
    }

    /** Returns how eagerly values are loaded anew by chance before their TTL ends, or zero if they are not. */
    public double getEarlyRefresh() {
        return earlyRefresh;
    }
}
