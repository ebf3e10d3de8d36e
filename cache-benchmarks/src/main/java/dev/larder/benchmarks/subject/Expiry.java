package dev.larder.benchmarks.subject;

import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** The five expiry policies of the standard, with a duration that no benchmark lives to see the end of. */
public enum Expiry {
    ETERNAL,
    CREATED,
    MODIFIED,
    TOUCHED,
    ACCESSED;

    Factory<? extends ExpiryPolicy> factory() {
        return switch (this) {
            case ETERNAL -> EternalExpiryPolicy.factoryOf();
            case CREATED -> CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR);
            case MODIFIED -> ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR);
            case TOUCHED -> TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR);
            case ACCESSED -> AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR);
        };
    }

    /** Whether reading an entry moves its deadline. */
    boolean isMovedByAccess() {
        return this == TOUCHED || this == ACCESSED;
    }
}
