package dev.larder.patterns.load;

import org.jspecify.annotations.Nullable;

/**
 * Fetches what caches lack: a function that may fail.
 *
 * @param <A> what is asked for
 * @param <R> what comes back
 */
@FunctionalInterface
public interface Source<A, R> {

    /** Fetches it, or returns null if there is none. */
    @Nullable
    R fetch(A asked) throws Exception;
}
