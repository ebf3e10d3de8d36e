package dev.larder.benchmarks.workload;

import dev.larder.benchmarks.subject.Beyond;
import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.Expiry;
import dev.larder.benchmarks.subject.Writing;

/** A cache that workloads ask for by name. All but the unbounded ones and those on a server are bounded, as caches are. */
public enum CacheKind {
    UNBOUNDED,
    BOUNDED,
    /** Bounded too, and so full that the eviction policy is at work with every operation. */
    FULL,
    STATISTICS,
    CREATED,
    MODIFIED,
    TOUCHED,
    ACCESSED,
    LISTENER,
    /** With an entry processor behind it: changes lock their keys from then on. */
    COORDINATED,
    WRITE_THROUGH,
    WRITE_BEHIND,
    /** With a TTL and a tag. */
    TAGGED,
    /** With a TTL and what may be served after it. */
    STALE_WHILE_REVALIDATE,
    /** On a server, with a TTL that each put begins anew. */
    REMOTE,
    /** On a server, with a TTL that only a creation begins. */
    REMOTE_CREATED;

    /**
     * Less than half full: Caffeine, and what is built on it, keeps no books on what is read before a cache is half full, and
     * would be compared by what those books cost rather than by what the kind is about.
     */
    private static final long ROOMY = 4;

    /** Returns the cache for so many entries. It never evicts one, not even if the library splits its bound among partitions. */
    CacheSpec spec(int entries) {
        CacheSpec bounded = CacheSpec.PLAIN.bounded(entries * ROOMY);
        return switch (this) {
            case UNBOUNDED -> CacheSpec.PLAIN;
            case BOUNDED, COORDINATED -> bounded;
            case FULL -> CacheSpec.PLAIN.bounded(entries + entries / 2);
            case STATISTICS -> bounded.counting();
            case CREATED -> bounded.expiring(Expiry.CREATED);
            case MODIFIED -> bounded.expiring(Expiry.MODIFIED);
            case TOUCHED -> bounded.expiring(Expiry.TOUCHED);
            case ACCESSED -> bounded.expiring(Expiry.ACCESSED);
            case LISTENER -> bounded.heard();
            case WRITE_THROUGH -> bounded.writing(Writing.THROUGH);
            case WRITE_BEHIND -> bounded.writing(Writing.BEHIND);
            case REMOTE -> CacheSpec.PLAIN.expiring(Expiry.MODIFIED);
            case REMOTE_CREATED -> CacheSpec.PLAIN.expiring(Expiry.CREATED);
            case TAGGED -> bounded.expiring(Expiry.CREATED).going(Beyond.TAGS);
            case STALE_WHILE_REVALIDATE -> bounded.expiring(Expiry.CREATED).going(Beyond.STALE_WHILE_REVALIDATE);
        };
    }

    /** Whether the entries are on a server. */
    boolean isRemote() {
        return this == REMOTE || this == REMOTE_CREATED;
    }
}
