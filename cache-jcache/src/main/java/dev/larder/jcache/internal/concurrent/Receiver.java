package dev.larder.jcache.internal.concurrent;

/**
 * Gets the messages that are left with keys.
 *
 * @param <M> the type of message
 */
public interface Receiver<M> {

    /**
     * Takes note of a message; called in the order in which those of a key are left.
     *
     * @return whether it is to be {@linkplain #deliver delivered} too
     */
    boolean accept(M message);

    /** Gets a message, in the same order, with no lock held by the caller for its key. May take its time, and may throw. */
    void deliver(M message);
}
