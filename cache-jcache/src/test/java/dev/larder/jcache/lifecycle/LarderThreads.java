package dev.larder.jcache.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The threads of Larder that came since this was made. */
final class LarderThreads {

    /** At how many looks a thread that is told to end may seem to wait for work all the same. */
    private static final int MOST_LOOKS = 100;

    private final Set<Thread> before = all();

    private static Set<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("larder-"))
                .collect(Collectors.toSet());
    }

    Set<Thread> alive() {
        Set<Thread> alive = all();
        alive.removeAll(before);
        return alive;
    }

    /**
     * Waits until none is left. One that was not told to end would do so by itself after seconds, for want of work: who is seen to wait
     * for that again and again is such a one. Who was told has an interrupt coming until it wakes, and then waits for no work.
     */
    void awaitNone() {
        AtomicInteger looks = new AtomicInteger();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
            Set<Thread> alive = alive();
            looks.set(alive.stream().anyMatch(LarderThreads::waitsForWork) ? looks.get() + 1 : 0);
            assertThat(looks).as("looks at %s, which wait for work", alive).hasValueLessThan(MOST_LOOKS);
            return alive.isEmpty();
        });
    }

    private static boolean waitsForWork(Thread thread) {
        return !thread.isInterrupted()
                && LockSupport.getBlocker(thread) instanceof ConditionObject
                && Stream.of(thread.getStackTrace())
                        .anyMatch(each -> each.getMethodName().equals("getTask"));
    }
}
