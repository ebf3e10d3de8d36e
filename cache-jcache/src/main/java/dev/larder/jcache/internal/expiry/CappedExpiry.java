package dev.larder.jcache.internal.expiry;

import dev.larder.store.Ttl;

/**
 * Lets no entry live longer than so long after it was written, whatever another expiry says.
 *
 * <p>Nor does reading move a deadline: whoever goes on reading an entry would otherwise keep it for ever. An access that ends an
 * entry still does.
 */
public final class CappedExpiry implements Expiry {

    private final Expiry expiry;
    private final Ttl most;

    private CappedExpiry(Expiry expiry, Ttl most) {
        this.expiry = expiry;
        this.most = most;
    }

    /** Returns an expiry that says no more than this; constant if the other is. */
    public static Expiry of(Expiry expiry, Ttl most) {
        CappedExpiry capped = new CappedExpiry(expiry, most);
        return expiry.isConstant() ? new ConstantExpiry(capped.creation(), capped.access(), capped.update()) : capped;
    }

    @Override
    public boolean isConstant() {
        return expiry.isConstant();
    }

    @Override
    public Ttl creation() {
        Ttl ttl = expiry.creation();
        return ttl.isUnchanged() ? most : capped(ttl);
    }

    @Override
    public Ttl access() {
        return expiry.access().isExpired() ? Ttl.EXPIRED : Ttl.UNCHANGED;
    }

    /** The deadline that an update leaves was within the bound when it was set. */
    @Override
    public Ttl update() {
        Ttl ttl = expiry.update();
        return ttl.isUnchanged() ? ttl : capped(ttl);
    }

    private Ttl capped(Ttl ttl) {
        return ttl.millis() > most.millis() ? most : ttl;
    }
}
