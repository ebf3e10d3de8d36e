package dev.larder.jcache.internal.concurrent;

import java.util.Map;
import java.util.Objects;

/**
 * Keys that a thread has locked. Closing them lets go of all, and then delivers the messages that were left with them, key by key
 * in the order in which the keys were given. For that thread alone.
 *
 * @param <K> the type of key
 * @param <M> the type of message
 */
public final class Holds<K, M> implements AutoCloseable {

    private final Handover<K, M> handover;
    private final Map<K, Hold<K, M>> holds;

    Holds(Handover<K, M> handover, Map<K, Hold<K, M>> holds) {
        this.handover = handover;
        this.holds = holds;
    }

    /** Returns the hold of one of the keys. It is closed with the others. */
    public Hold<K, M> of(K key) {
        return Objects.requireNonNull(holds.get(key), "hold");
    }

    @Override
    public void close() {
        handover.releaseAll(holds.values());
    }
}
