package dev.larder.jcache.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Remembers the messages that are delivered to it, in order, then does what the test wants. Safe for use by many threads. */
final class Heard<M> implements Receiver<M> {

    private final List<M> accepted = new ArrayList<>();
    private final List<M> delivered = new ArrayList<>();
    private volatile Consumer<M> acceptance = message -> {};
    private volatile Consumer<M> action = message -> {};
    private volatile boolean wants = true;

    /** Lets the receiver do something when it accepts a message, after it took note. */
    void whenAccepting(Consumer<M> newAcceptance) {
        acceptance = newAcceptance;
    }

    /** Lets the receiver do something with each message that is delivered, after it took note. */
    void thenDo(Consumer<M> newAction) {
        action = newAction;
    }

    /** Wants no messages delivered from now on. */
    void wantNone() {
        wants = false;
    }

    @Override
    public boolean accept(M message) {
        synchronized (accepted) {
            accepted.add(message);
        }
        acceptance.accept(message);
        return wants;
    }

    @Override
    public void deliver(M message) {
        synchronized (delivered) {
            delivered.add(message);
        }
        action.accept(message);
    }

    List<M> accepted() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    List<M> delivered() {
        synchronized (delivered) {
            return List.copyOf(delivered);
        }
    }
}
