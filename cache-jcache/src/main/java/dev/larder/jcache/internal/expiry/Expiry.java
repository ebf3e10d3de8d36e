package dev.larder.jcache.internal.expiry;

import dev.larder.store.Ttl;

/**
 * Says how long an entry may live after what happened to it. Asked only for what did happen, because a policy written by
 * a user may count.
 */
public interface Expiry {

    /** Whether the answers are always the same, so that they may be asked for before it is known what will happen. */
    boolean isConstant();

    /** Returns the TTL of a new entry. */
    Ttl creation();

    /** Returns the TTL of an entry that was read, {@link Ttl#UNCHANGED} if its deadline stays. */
    Ttl access();

    /** Returns the TTL of an entry that got another value, {@link Ttl#UNCHANGED} if its deadline stays. */
    Ttl update();
}
