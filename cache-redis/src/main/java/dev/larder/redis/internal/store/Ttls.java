package dev.larder.redis.internal.store;

import dev.larder.store.Entry;
import dev.larder.store.Ttl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Times to live as scripts and commands want them. */
final class Ttls {

    /** Thirty thousand years: longer ones would overflow when the server adds the time of day. */
    static final long MOST_MILLIS = 1_000_000_000_000_000L;

    private static final byte[] ETERNAL = ascii("-2");
    private static final byte[] UNCHANGED = ascii("-1");

    private Ttls() {}

    /** Whether a TTL ends at some time, as far as the server is concerned. */
    static boolean isFinite(Ttl ttl) {
        return ttl.isFinite() && ttl.millis() < MOST_MILLIS;
    }

    static byte[] argument(Ttl ttl) {
        if (ttl.isUnchanged()) {
            return UNCHANGED;
        }
        return ttl.isExpired() || isFinite(ttl) ? ascii(Long.toString(ttl.millis())) : ETERNAL;
    }

    /** Returns the time that a lease may stand, in milliseconds. */
    static long ofLease(Duration max) {
        return Math.min(Ttl.of(max).millis(), MOST_MILLIS);
    }

    /** Returns a remaining time as scripts tell it: -1 for never, -2 if it was not asked for. */
    static long remaining(long told) {
        return told == -1 ? Long.MAX_VALUE : told < 0 ? Entry.UNKNOWN : told;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
