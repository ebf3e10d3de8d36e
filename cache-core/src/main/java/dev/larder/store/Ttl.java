package dev.larder.store;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long an entry may live from the moment it is written or touched.
 *
 * @param millis milliseconds; {@link Long#MAX_VALUE} for {@link #ETERNAL}, zero for {@link #EXPIRED}, -1 for
 *     {@link #UNCHANGED}
 */
public record Ttl(long millis) {

    /** Never expires. */
    public static final Ttl ETERNAL = new Ttl(Long.MAX_VALUE);

    /** Keeps the deadline the entry has; for a new entry the same as {@link #ETERNAL}. */
    public static final Ttl UNCHANGED = new Ttl(-1);

    /** Already expired: the entry is not stored, or is gone at once. */
    public static final Ttl EXPIRED = new Ttl(0);

    /** Checks the range. */
    public Ttl {
        if (millis < -1) {
            throw new IllegalArgumentException("a TTL must not be negative: " + millis + " ms");
        }
    }

    /**
     * Returns the TTL of a duration; less than a millisecond counts as one, so that nothing expires by rounding.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public static Ttl of(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a TTL must not be negative: " + duration);
        }
        return ofMillis(roundedUp(duration));
    }

    /** Returns the TTL of that many milliseconds, which must not be negative. */
    public static Ttl ofMillis(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("a TTL must not be negative: " + millis + " ms");
        }
        if (millis == 0) {
            return EXPIRED;
        }
        return millis == Long.MAX_VALUE ? ETERNAL : new Ttl(millis);
    }

    /** Whether an entry with this TTL never expires by itself. */
    public boolean isEternal() {
        return millis == Long.MAX_VALUE;
    }

    /** Whether the deadline stays as it is. */
    public boolean isUnchanged() {
        return millis < 0;
    }

    /** Whether nothing is to be kept at all. */
    public boolean isExpired() {
        return millis == 0;
    }

    /** Whether a deadline must be computed, and so a clock be read. */
    public boolean isFinite() {
        return millis > 0 && millis < Long.MAX_VALUE;
    }

    /** Returns the moment this TTL ends if it starts now: {@link Long#MAX_VALUE} for never, also on overflow. */
    public long deadline(long nowMillis) {
        long deadline = nowMillis + millis;
        return isEternal() || deadline < nowMillis ? Long.MAX_VALUE : deadline;
    }

    /** Written out, as {@link #hashCode}, because every change asks: what a record has of itself is slow until it is warm. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ttl ttl && millis == ttl.millis;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(millis);
    }

    private static long roundedUp(Duration duration) {
        if (duration.toSeconds() >= Long.MAX_VALUE / 1000) {
            return Long.MAX_VALUE;
        }
        long millis = duration.toMillis();
        return duration.minusMillis(millis).isZero() ? millis : millis + 1;
    }
}
