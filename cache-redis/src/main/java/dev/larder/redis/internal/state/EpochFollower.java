package dev.larder.redis.internal.state;

import java.util.concurrent.CompletionStage;

/** Goes along with the epoch of a cache: whoever writes by an epoch that another JVM may have replaced without this one knowing yet. */
public interface EpochFollower {

    /** The server is about to be asked; what is written from now on is not covered by its answer. */
    void asked();

    /** The epoch was still the same when the question before the last {@link #asked} was answered. */
    void confirmed();

    /**
     * The epoch was replaced. Until the answer of this completes, nobody here works in the new one; if it fails, nobody does before
     * this was called again, which is at once if it is a {@link ClearedOnceMoreException}.
     */
    CompletionStage<?> moved(long newEpoch);
}
