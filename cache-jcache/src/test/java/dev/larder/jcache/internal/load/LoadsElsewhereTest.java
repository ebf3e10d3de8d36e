package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

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

    private final LoadsElsewhere<String> elsewhere = new LoadsElsewhere<>();
    private final AtomicInteger claims = new AtomicInteger();

    @Test
    void valueOfAnotherJvmIsWaitedFor() {
        assertThat(elsewhere.await("k", answering(ELSEWHERE, ELSEWHERE, ELSEWHERE, LOADED)))
                .isSameAs(LOADED);
        assertThat(claims).hasValue(4);
    }

    @Test
    void whoGivesUpLeavesTheLoadToWhoWaits() {
        assertThat(elsewhere.await("k", answering(ELSEWHERE, OURS))).isSameAs(OURS);
    }

    @Test
    void nobodyIsAskedTwiceWhereNobodyLoads() {
        assertThat(elsewhere.await("k", answering(OURS))).isSameAs(OURS);
        assertThat(claims).hasValue(1);
    }

    @Test
    void keyThatWasWaitedForInVainIsNotWaitedForAgain() {
        assertThat(elsewhere.await("k", answering(ELSEWHERE))).isSameAs(ELSEWHERE);
        assertThat(claims.getAndSet(0)).isBetween(20, 100);

        assertThat(elsewhere.await("k", answering(ELSEWHERE))).isSameAs(ELSEWHERE);
        assertThat(claims).hasValue(1);
        assertThat(elsewhere.await("another", answering(ELSEWHERE, LOADED))).isSameAs(LOADED);
    }

    @Test
    void keyIsWaitedForAgainOnceItCouldBeClaimed() {
        elsewhere.await("k", answering(ELSEWHERE));
        elsewhere.await("k", answering(OURS));

        assertThat(elsewhere.await("k", answering(ELSEWHERE, LOADED))).isSameAs(LOADED);
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThat(elsewhere.await("k", answering(ELSEWHERE))).isSameAs(ELSEWHERE);
            assertThat(claims).hasValue(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Returns what answers so, the last answer again and again. */
    @SafeVarargs
    private final Supplier<Right<String>> answering(Right<String>... answers) {
        Deque<Right<String>> left = new ArrayDeque<>();
        for (Right<String> answer : answers) {
            left.add(answer);
        }
        return () -> {
            claims.incrementAndGet();
            return left.size() > 1 ? left.remove() : left.getFirst();
        };
    }
}
