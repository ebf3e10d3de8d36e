package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.concurrent.Gate;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.store.Ttl;
import org.jspecify.annotations.Nullable;

/**
 * Finds the puts that need not look at what they replace, because the TTL is the same if it is new or another's successor.
 *
 * <p>An eternal cache has no such TTL by the letter: an update leaves the deadline as it is. But as long as no entry has ever been
 * given a TTL of its own, there is no deadline, and the update makes the entry as eternal as it is. When the first entry is to be
 * given one, that comes to an end: {@link #expectDeadlines}.
 */
final class PutTtls {

    private final boolean isPrivate;
    private final Expiry usual;
    private final @Nullable Ttl usualTtl;

    /** Whether no entry has a deadline, and none is about to get one. To be asked inside of the gate, or holding the key. */
    private volatile boolean isWithoutDeadlines;

    /** Whether no put is under way that still counts on that. */
    private volatile boolean isSettled;

    PutTtls(Expiry expiry, boolean isPrivate) {
        this.isPrivate = isPrivate;
        usual = expiry;
        usualTtl = onlyTtlOf(expiry);
        isWithoutDeadlines = isPrivate && isEternal(expiry);
        isSettled = !isWithoutDeadlines;
    }

    private static boolean isEternal(Expiry expiry) {
        return expiry.isConstant()
                && expiry.creation().isEternal()
                && isLeftAlone(expiry.update())
                && isLeftAlone(expiry.access());
    }

    private static boolean isLeftAlone(Ttl ttl) {
        return ttl.isEternal() || ttl.isUnchanged();
    }

    /** Returns the one TTL of a put, or null if it takes a look to know it, or the store is shared and does that by itself. */
    @Nullable
    Ttl ofPut(Expiry expiry) {
        if (!isPrivate) {
            return null;
        }
        if (!isUsual(expiry)) {
            return onlyTtlOf(expiry);
        }
        return isWithoutDeadlines ? Ttl.ETERNAL : usualTtl;
    }

    @SuppressWarnings("ReferenceEquality") // a short cut for the very expiry of the cache
    private boolean isUsual(Expiry expiry) {
        return expiry == usual;
    }

    private static @Nullable Ttl onlyTtlOf(Expiry expiry) {
        if (!expiry.isConstant()) {
            return null;
        }
        Ttl ttl = expiry.creation();
        return ttl.millis() > 0 && ttl.millis() == expiry.update().millis() ? ttl : null;
    }

    /** Returns when puts look at deadlines, as there will be one: none is inside of the gate any more that does not. */
    void expectDeadlines(Gate gate) {
        if (isSettled) {
            return;
        }
        isWithoutDeadlines = false;
        gate.awaitPassers();
        isSettled = true;
    }
}
