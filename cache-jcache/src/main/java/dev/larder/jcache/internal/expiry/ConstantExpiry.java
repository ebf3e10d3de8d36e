package dev.larder.jcache.internal.expiry;

import dev.larder.store.Ttl;

/** TTLs known once and for all. */
public record ConstantExpiry(Ttl creation, Ttl access, Ttl update) implements Expiry {

    /** Returns the same TTL for a new value and for another value, with deadlines that reading does not move. */
    public static ConstantExpiry of(Ttl ttl) {
        return new ConstantExpiry(ttl, Ttl.UNCHANGED, ttl);
    }

    @Override
    public boolean isConstant() {
        return true;
    }
}
