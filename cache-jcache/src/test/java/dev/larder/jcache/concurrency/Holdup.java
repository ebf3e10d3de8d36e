package dev.larder.jcache.concurrency;

import java.util.concurrent.CountDownLatch;

/** A named point in user code: who comes there says so and stays until the test lets it go on. */
public final class Holdup {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Says that a thread is here, and keeps it until {@link #release}. */
    public void stay() {
        reached.countDown();
        Crew.await(open);
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
