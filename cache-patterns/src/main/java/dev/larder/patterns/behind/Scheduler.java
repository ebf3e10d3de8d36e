package dev.larder.patterns.behind;

/** Runs the steps of write-behind, one at a time, and later. */
interface Scheduler {

    /** Runs a task when that many milliseconds have passed; not at all once it has stopped. */
    void after(long millis, Runnable task);

    /** Runs nothing any more, interrupts what runs, and waits a second for it. */
    void stop();
}
