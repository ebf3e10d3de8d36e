package dev.larder.jcache.concurrency;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A named point in user code: who comes there says so and stays until the test lets it go on. */
public final class Holdup {

    /** Longer than a test waits for anything: who is held up shall not go on while others still do what the test is about. */
    private static final Duration LONGEST_STAY = Duration.ofMinutes(5);

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Says that a thread is here, and keeps it until {@link #release}. */
    public void stay() {
        reached.countDown();
        Crew.await(open, LONGEST_STAY);
    }

    /** Returns when a thread is there. */
    public void awaitReached() {
        Crew.await(reached);
    }

    /** Lets the thread there go on, and all that come later. */
    public void release() {
        open.countDown();
    }
}
