package dev.larder.jcache.internal.expiry;

import dev.larder.store.Ttl;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Asks a policy that a user wrote, each time.
 *
 * <p>A policy that throws makes a new entry live for ever and leaves the deadline of others alone: the operation that
 * asked has been done already or is about to be, and the standard names no exception for it.
 */
public final class PolicyExpiry implements Expiry {

    private final ExpiryPolicy policy;

    private PolicyExpiry(ExpiryPolicy policy) {
        this.policy = policy;
    }

    /** Returns the rules of a policy. Those of the five classes of the standard never change, and are asked for once. */
    public static Expiry of(ExpiryPolicy policy) {
        return isStock(policy.getClass())
                ? new ConstantExpiry(
                        ttl(policy.getExpiryForCreation()),
                        ttl(policy.getExpiryForAccess()),
                        ttl(policy.getExpiryForUpdate()))
                : new PolicyExpiry(policy);
    }

    private static boolean isStock(Class<?> type) {
        return type == EternalExpiryPolicy.class
                || type == CreatedExpiryPolicy.class
                || type == ModifiedExpiryPolicy.class
                || type == AccessedExpiryPolicy.class
                || type == TouchedExpiryPolicy.class;
    }

    @Override
    public boolean isConstant() {
        return false;
    }

    @Override
    public Ttl creation() {
        try {
            Ttl ttl = ttl(policy.getExpiryForCreation());
            return ttl.isUnchanged() ? Ttl.ETERNAL : ttl;
        } catch (RuntimeException e) {
            return failed("getExpiryForCreation", e, Ttl.ETERNAL);
        }
    }

    @Override
    public Ttl access() {
        try {
            return ttl(policy.getExpiryForAccess());
        } catch (RuntimeException e) {
            return failed("getExpiryForAccess", e, Ttl.UNCHANGED);
        }
    }

    @Override
    public Ttl update() {
        try {
            return ttl(policy.getExpiryForUpdate());
        } catch (RuntimeException e) {
            return failed("getExpiryForUpdate", e, Ttl.UNCHANGED);
        }
    }

    private Ttl failed(String method, RuntimeException failure, Ttl instead) {
        logger().log(Level.WARNING, () -> policy.getClass().getName() + "." + method + " failed", failure);
        return instead;
    }

    /** Asked for when there is something to say, which is rare: it takes long until the first logger is there. */
    private static System.Logger logger() {
        return System.getLogger(PolicyExpiry.class.getName());
    }

    private static Ttl ttl(@Nullable Duration duration) {
        if (duration == null) {
            return Ttl.UNCHANGED;
        }
        if (duration.isEternal()) {
            return Ttl.ETERNAL;
        }
        TimeUnit unit = duration.getTimeUnit();
        return Ttl.ofMillis(unit.toMillis(duration.getDurationAmount()));
    }
}
