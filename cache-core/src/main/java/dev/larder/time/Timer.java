package dev.larder.time;

import java.util.concurrent.Executor;

/**
 * Runs a task once, later.
 *
 * <p>A task cannot be taken back: one that may have become pointless looks before it acts, and holds what it works on
 * weakly if it must not keep it alive. Safe for use by many threads.
 */
@FunctionalInterface
public interface Timer {

    /**
     * Runs a task on an executor, not before the delay has passed.
     *
     * @param delayMillis milliseconds from now; zero or less means as soon as possible
     */
    void runAfter(long delayMillis, Runnable task, Executor executor);

    /** Returns the timer of this JVM. It shares the JDK's own daemon thread and starts none. */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }
}
