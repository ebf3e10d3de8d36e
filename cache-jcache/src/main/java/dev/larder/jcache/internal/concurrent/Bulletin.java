package dev.larder.jcache.internal.concurrent;

import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that were left with a key at one time, on their way to the receiver, and what came of it. */
final class Bulletin<M> {

    private final List<M> messages;
    private volatile boolean delivered;
    private @Nullable RuntimeException failure;

    Bulletin(List<M> messages) {
        this.messages = messages;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Delivers the messages, all of them, and keeps the last failure for who waits for them. */
    void deliver(Receiver<M> receiver) {
        for (M message : messages) {
            try {
                receiver.deliver(message);
            } catch (RuntimeException e) {
                System.getLogger(Bulletin.class.getName()).log(Level.DEBUG, "a listener failed", e);
                failure = e;
            }
        }
        delivered = true;
    }

    boolean isDelivered() {
        return delivered;
    }

    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
