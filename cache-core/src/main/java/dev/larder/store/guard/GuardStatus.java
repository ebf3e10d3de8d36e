package dev.larder.store.guard;

import org.jspecify.annotations.Nullable;

/**
 * How a guarded store is.
 *
 * @param degraded whether the last call failed, or keys are pending
 * @param degradedForMillis since how many milliseconds, zero if it is not degraded
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
