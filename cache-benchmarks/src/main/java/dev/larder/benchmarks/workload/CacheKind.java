package dev.larder.benchmarks.workload;

import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.Expiry;

/** A cache that workloads ask for by name. All but the unbounded ones are bounded, as caches are. */
public enum CacheKind {
    UNBOUNDED,
    BOUNDED,
    STATISTICS,
    CREATED,
    MODIFIED,
    TOUCHED,
    ACCESSED,
    LISTENER;

    /**
     * Returns the cache with room for so many entries and a half: so full that eviction is at work with every
     * operation, and nothing is evicted, not even by a library that splits its bound among partitions.
     */
    CacheSpec spec(int entries) {
        CacheSpec bounded = CacheSpec.PLAIN.bounded(entries + entries / 2);
        return switch (this) {
            case UNBOUNDED -> CacheSpec.PLAIN;
            case BOUNDED -> bounded;
            case STATISTICS -> bounded.counting();
            case CREATED -> bounded.expiring(Expiry.CREATED);
            case MODIFIED -> bounded.expiring(Expiry.MODIFIED);
            case TOUCHED -> bounded.expiring(Expiry.TOUCHED);
            case ACCESSED -> bounded.expiring(Expiry.ACCESSED);
            case LISTENER -> bounded.heard();
        };
    }
}
