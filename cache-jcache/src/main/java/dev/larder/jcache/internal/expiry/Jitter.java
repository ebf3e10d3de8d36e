package dev.larder.jcache.internal.expiry;

import dev.larder.store.Ttl;

/**
 * Shortens the TTLs of a cache by a part that differs from key to key, so that entries that were written together do not all expire
 * together.
 *
 * <p>The part follows from the hash code of the key alone: the same key gets the same TTL each time, and in each JVM in which it
 * has the same hash code.
 */
final class Jitter {

    private static final double HASHES = 0x1p32;

    private final Expiry expiry;
    private final double most;
    private final long moreMillis;

    /**
     * Creates it for constant TTLs.
     *
     * @param most the largest part that a TTL is shortened by, from 0 to 0.5
     * @param moreMillis what the TTLs were lengthened by already, and are not shortened by a part of
     */
    Jitter(Expiry expiry, double most, long moreMillis) {
        this.expiry = expiry;
        this.most = most;
        this.moreMillis = moreMillis;
    }

    /** Returns the same for other constant TTLs. */
    Jitter over(Expiry other) {
        return new Jitter(other, most, moreMillis);
    }

    /** Returns the TTLs of a key, which are constant. */
    Expiry of(Object key) {
        double part = most * partOf(key);
        return new ConstantExpiry(
                shortened(expiry.creation(), part), shortened(expiry.access(), part), shortened(expiry.update(), part));
    }

    private Ttl shortened(Ttl ttl, double part) {
        if (!ttl.isFinite()) {
            return ttl;
        }
        // never to zero: less than half of it is taken away
        long freshMillis = Math.max(ttl.millis() - moreMillis, 0);
        return Ttl.ofMillis(ttl.millis() - (long) (freshMillis * part));
    }

    /** Returns a number from 0 to less than 1. */
    private static double partOf(Object key) {
        return Integer.toUnsignedLong(mixed(key.hashCode())) / HASHES;
    }

    /** Spreads hash codes that are close together, as those of numbers and short texts are: the last steps of MurmurHash3. */
    private static int mixed(int hash) {
        int mixed = hash;
        mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
