package dev.larder.benchmarks.subject;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/** Caffeine without a layer above it: what the providers are compared with. */
final class CaffeineSubject implements Subject {
    /** Whether the caller does the maintenance, as Larder's does, rather than the common pool. */
    private final boolean synchronous;

    CaffeineSubject(boolean synchronous) {
        this.synchronous = synchronous;
    }

    @Override
    public Target open(CacheSpec spec) {
        Caffeine<Object, Object> builder = Caffeine.newBuilder();
        if (synchronous) {
            builder.executor(Runnable::run);
        }
        if (spec.isBounded()) {
            builder.maximumSize(spec.bound());
        }
        if (spec.statistics()) {
            builder.recordStats();
        }
        if (spec.expiry().isMovedByAccess()) {
            builder.expireAfterAccess(Duration.ofHours(1));
        } else if (spec.expiry() != Expiry.ETERNAL) {
            builder.expireAfterWrite(Duration.ofHours(1));
        }
        KeyLoader loader = spec.loader();
        return loader == null
                ? new CaffeineTarget(builder.build())
                : new LoadingCaffeineTarget(builder.build(loader::load));
    }

    @Override
    public void close() {}
}
