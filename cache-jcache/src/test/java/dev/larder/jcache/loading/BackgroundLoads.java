package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.concurrency.Crew;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The loads that a cache does in the background. */
final class BackgroundLoads {

    private BackgroundLoads() {}

    /**
     * Returns when all that has begun is done, and what it brought is stored. Of more loads than the cache has threads the last may
     * not have begun: a thread that is woken for one looks for a moment as if it waited for work.
     */
    static void awaitDone() {
        eventually(() -> assertThat(busyThreads()).isEmpty());
    }

    /** Returns when no load goes on without waiting for something: for the test, for others, or for its time to be over. */
    static void awaitHeldUp() {
        eventually(() -> assertThat(busyThreads())
                .extracting(Thread::getState)
                .isSubsetOf(Thread.State.WAITING, Thread.State.TIMED_WAITING));
    }

    private static List<Thread> busyThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith("larder-load-"))
                .filter(each -> !waitsForWork(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean waitsForWork(StackTraceElement[] stack) {
        return Stream.of(stack).anyMatch(each -> each.getMethodName().equals("getTask"));
    }

    /** Repeats an assertion until it holds. */
    static void eventually(Runnable assertion) {
        await().atMost(Crew.SOON).pollInterval(Duration.ofMillis(1)).untilAsserted(assertion::run);
    }
}
