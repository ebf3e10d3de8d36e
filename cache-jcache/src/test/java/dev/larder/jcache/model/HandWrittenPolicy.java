package dev.larder.jcache.model;

import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** A policy that a user might write: counts what it is asked, and says what it was made to say. Safe for use by many threads. */
final class HandWrittenPolicy implements ExpiryPolicy {

    private final Answers answers;
    private int creations;
    private int accesses;
    private int updates;

    /** What a policy says; null where it leaves things as they are. */
    record Answers(Duration creation, Duration access, Duration update) {}

    HandWrittenPolicy(Answers answers) {
        this.answers = answers;
    }

    @Override
    public synchronized Duration getExpiryForCreation() {
        creations++;
        return answers.creation();
    }

    @Override
    public synchronized Duration getExpiryForAccess() {
        accesses++;
        return answers.access();
    }

    @Override
    public synchronized Duration getExpiryForUpdate() {
        updates++;
        return answers.update();
    }

    /** Returns what was asked since the last time. */
    synchronized String drainCalls() {
        String calls = "creations " + creations + ", accesses " + accesses + ", updates " + updates;
        creations = 0;
        accesses = 0;
        updates = 0;
        return calls;
    }
}
