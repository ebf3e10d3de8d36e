package dev.larder.store.guard;

import org.jspecify.annotations.Nullable;

/**
 * How a guarded store is.
 *
 * @param degraded whether calls failed a moment ago and the store has not been quiet since, or keys are pending
 * @param degradedForMillis since how many milliseconds calls fail, zero if they do not
 * @param cause what the last failure said, or null
 * @param breakerOpen whether calls are stopped
 * @param pendingInvalidations how many keys must be removed from the store before it is believed again, -1 for all
 */
public record GuardStatus(
        boolean degraded,
        long degradedForMillis,
        @Nullable String cause,
        boolean breakerOpen,
        int pendingInvalidations) {}
