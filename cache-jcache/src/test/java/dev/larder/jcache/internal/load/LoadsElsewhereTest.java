package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadsElsewhereTest {

    private static final Right<String> ELSEWHERE = new Right<>(null, false, null, true);
    private static final Right<String> OURS = new Right<>(null, false, null, false);
    private static final Right<String> LOADED = new Right<>(null, false, "loaded elsewhere", false);

    private final FakeTime time = new FakeTime();
    private final LoadsElsewhere<String> elsewhere = new LoadsElsewhere<>(time, 0);
    private final AtomicInteger claims = new AtomicInteger();

    @Test
    void valueOfAnotherJvmIsWaitedFor() {
        assertThat(await("k", ELSEWHERE, ELSEWHERE, LOADED)).isSameAs(LOADED);
        assertThat(claims).hasValue(3);

        assertThat(await("k", LOADED)).isSameAs(LOADED);
    }

    @Test
    void nobodyIsWaitedForWhereNobodyLoads() {
        assertThat(elsewhere.await("k", OURS, answering(LOADED))).isSameAs(OURS);
        assertThat(claims).hasValue(0);
    }

    @Test
    void waitingEndsAfterTwoSeconds() {
        assertThat(await("k", ELSEWHERE)).isSameAs(ELSEWHERE);
        assertThat(claims).hasValue(20);
    }

    @Test
    void waitingTakesHalfOfWhatCallersWaitAtMost() {
        LoadsElsewhere<String> hasty = new LoadsElsewhere<>(time, 1_000);

        assertThat(hasty.await("k", ELSEWHERE, answering(ELSEWHERE))).isSameAs(ELSEWHERE);
        assertThat(claims).hasValue(5);
    }

    @Test
    void keyThatWasWaitedForInVainIsNotWaitedForForHalfAMinute() {
        await("k", ELSEWHERE);
        claims.set(0);

        assertThat(await("k", LOADED)).isSameAs(ELSEWHERE);
        assertThat(claims).hasValue(0);
        assertThat(await("another", LOADED)).isSameAs(LOADED);
        time.advance(Duration.ofSeconds(30));
        assertThat(await("k", LOADED)).isSameAs(LOADED);
    }

    /** The source has nothing for it, or fails: who waits for each other there asks it one after the other. */
    @Test
    void keyOfWhichNothingWasStoredIsNotWaitedForForHalfAMinute() {
        assertThat(await("k", ELSEWHERE, OURS)).isSameAs(OURS);

        assertThat(await("k", LOADED)).isSameAs(ELSEWHERE);
    }

    @Test
    void nobodyWaitsWhileManyKeysAreWaitedForInVain() {
        for (int i = 0; i < 1_000; i++) {
            elsewhere.await("k" + i, ELSEWHERE, () -> OURS);
        }

        assertThat(await("another", LOADED)).isSameAs(ELSEWHERE);
        time.advance(Duration.ofSeconds(31));
        assertThat(await("another", LOADED)).isSameAs(LOADED);
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThat(await("k", LOADED)).isSameAs(ELSEWHERE);
            assertThat(claims).hasValue(0);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(await("k", LOADED)).isSameAs(LOADED);
    }

    @SafeVarargs
    private final Right<String> await(String key, Right<String>... answers) {
        return elsewhere.await(key, ELSEWHERE, answering(answers));
    }

    /** Returns what answers so, the last answer again and again, each after a tenth of a second. */
    @SafeVarargs
    private final Supplier<Right<String>> answering(Right<String>... answers) {
        Deque<Right<String>> left = new ArrayDeque<>();
        for (Right<String> answer : answers) {
            left.add(answer);
        }
        return () -> {
            claims.incrementAndGet();
            time.advance(Duration.ofMillis(100));
            return left.size() > 1 ? left.remove() : left.getFirst();
        };
    }
}
