package dev.larder.jcache.internal.expiry;

import dev.larder.store.Ttl;

/** Keeps entries for a while beyond the time that another expiry gives them, so that there is something to serve when that has passed. */
public final class LongerExpiry {

    private LongerExpiry() {}

    /** Returns an expiry with longer TTLs; those that never end, or end at once, stay as they are. */
    public static Expiry of(Expiry expiry, long moreMillis) {
        if (moreMillis == 0) {
            return expiry;
        }
        return new ConstantExpiry(
                longer(expiry.creation(), moreMillis),
                longer(expiry.access(), moreMillis),
                longer(expiry.update(), moreMillis));
    }

    /** Returns a longer TTL; one that never ends, or ends at once, stays as it is. */
    public static Ttl longer(Ttl ttl, long moreMillis) {
        if (moreMillis == 0 || !ttl.isFinite()) {
            return ttl;
        }
        long millis = ttl.millis() + moreMillis;
        return millis < 0 ? Ttl.ETERNAL : Ttl.ofMillis(millis);
    }
}
