package dev.larder.jcache.internal.expiry;

import org.jspecify.annotations.Nullable;

/** The expiry of a cache, which may differ from key to key. */
public final class Lifetimes {

    private final Expiry usual;

    /** Null in caches that do without, which then pay for a look at this field alone. */
    private final @Nullable Jitter jitter;

    private Lifetimes(Expiry usual, @Nullable Jitter jitter) {
        this.usual = usual;
        this.jitter = jitter;
    }

    /**
     * Returns the lifetimes of a cache. Only TTLs that are constant and finite are made to differ: a policy that a user wrote can
     * do so by itself.
     *
     * @param jitter the largest part that a TTL is shortened by, from 0 to 0.5
     * @param moreMillis how much longer than their TTL entries are kept, by what the expiry says; that much is not shortened
     */
    public static Lifetimes of(Expiry expiry, double jitter, long moreMillis) {
        boolean differs = jitter > 0 && expiry.isConstant() && hasFinite(expiry);
        return new Lifetimes(expiry, differs ? new Jitter(expiry, jitter, moreMillis) : null);
    }

    private static boolean hasFinite(Expiry expiry) {
        return expiry.creation().isFinite()
                || expiry.access().isFinite()
                || expiry.update().isFinite();
    }

    /** Returns the expiry of a key. If that of the cache is constant, so is this. */
    public Expiry of(Object key) {
        return jitter == null ? usual : jitter.of(key);
    }

    /** Returns the expiry from which that of each key comes: no TTL is longer than it says. */
    public Expiry usual() {
        return usual;
    }

    /** Returns these constant lifetimes, but with an update that begins the time anew as a creation does. */
    public Lifetimes asOfCreation() {
        Expiry begun = ConstantExpiry.of(usual.creation());
        return new Lifetimes(begun, jitter == null ? null : jitter.over(begun));
    }

    /** Whether keys have TTLs of their own. */
    public boolean differ() {
        return jitter != null;
    }
}
