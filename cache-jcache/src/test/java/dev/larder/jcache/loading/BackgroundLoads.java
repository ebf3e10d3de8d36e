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

    /** Returns when all that has begun is done, and what it brought is stored. */
    static void awaitDone() {
        eventually(() -> assertThat(busyThreads()).isEmpty());
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
