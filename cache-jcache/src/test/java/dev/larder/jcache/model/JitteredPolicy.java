package dev.larder.jcache.model;

import dev.larder.jcache.internal.expiry.ConstantExpiry;
import dev.larder.jcache.internal.expiry.Lifetimes;
import dev.larder.store.Ttl;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** What a policy says of one key. How much a key is to lose, the model does not know better than the cache: where it counts, it does. */
record JitteredPolicy(ExpiryPolicy policy, double jitter, String key) implements ExpiryPolicy {

    @Override
    public Duration getExpiryForCreation() {
        return shortened(policy.getExpiryForCreation());
    }

    @Override
    public Duration getExpiryForAccess() {
        return shortened(policy.getExpiryForAccess());
    }

    @Override
    public Duration getExpiryForUpdate() {
        return shortened(policy.getExpiryForUpdate());
    }

    private Duration shortened(Duration duration) {
        if (duration == null || duration.isEternal() || duration.isZero()) {
            return duration;
        }
        Ttl whole = Ttl.ofMillis(duration.getTimeUnit().toMillis(duration.getDurationAmount()));
        Ttl ttl = Lifetimes.of(ConstantExpiry.of(whole), jitter, 0).of(key).creation();
        return new Duration(TimeUnit.MILLISECONDS, ttl.millis());
    }
}
