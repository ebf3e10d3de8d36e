package dev.larder.testkit.interleave;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Future;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a thread waits for, where that can be told. A thread that is woken looks as if it waited until it gets a
 * processor, which on a busy machine takes long.
 */
final class Obstacle {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long NOBODY = -1;

    private Obstacle() {}

    /** Whether a thread seems to wait for nothing any more. */
    static boolean isGone(Thread thread) {
        return thread.getState() == Thread.State.BLOCKED
                ? isMonitorFree(thread)
                : isOpen(LockSupport.getBlocker(thread));
    }

    private static boolean isMonitorFree(Thread thread) {
        ThreadInfo info = THREADS.getThreadInfo(thread.getId());
        return info == null || info.getLockOwnerId() == NOBODY;
    }

    /** A lock that is free and a latch that is open have the state zero; so has an empty semaphore, which costs time only. */
    private static boolean isOpen(@Nullable Object blocker) {
        return (blocker instanceof AbstractQueuedSynchronizer
                        && blocker.toString().contains("State = 0"))
                || (blocker instanceof Future<?> future && future.isDone());
    }
}
