package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FakeTimeTest {

    private static final Executor UNUSED = task -> {
        throw new AssertionError("the executor is left out");
    };

    private final FakeTime time = new FakeTime();
    private final long start = time.millis();
    private final List<String> ran = new ArrayList<>();

    @Test
    void startsAtNoSpecialMoment() {
        assertThat(time.nanos()).isPositive();
        assertThat(time.nanos() % 1_000_000).isNotZero();
    }

    @Test
    void timeStandsStillUntilAdvanced() {
        long before = time.nanos();

        time.advance(Duration.ofNanos(1));

        assertThat(time.nanos()).isEqualTo(before + 1);
    }

    @Test
    void taskRunsAtItsMomentAndNotBefore() {
        schedule("a", 10);

        time.advance(Duration.ofMillis(9));
        assertThat(ran).isEmpty();

        time.advance(Duration.ofMillis(1));
        assertThat(ran).containsExactly("a@10");
    }

    @Test
    void tasksRunInOrderOfTheirMomentsEachAtItsOwn() {
        schedule("c", 30);
        schedule("a", 10);
        schedule("b", 20);
        schedule("b2", 20);

        time.advance(Duration.ofMillis(100));

        assertThat(ran).containsExactly("a@10", "b@20", "b2@20", "c@30");
        assertThat(time.millis()).isEqualTo(start + 100);
    }

    @Test
    void taskMayScheduleAnotherThatIsDueInTheSameCall() {
        time.runAfter(10, () -> schedule("b", 5), UNUSED);

        time.advance(Duration.ofMillis(15));

        assertThat(ran).containsExactly("b@15");
    }

    @Test
    void taskMayAdvanceTime() {
        time.runAfter(10, () -> time.advance(Duration.ofMillis(20)), UNUSED);
        schedule("a", 25);

        time.advance(Duration.ofMillis(12));

        assertThat(ran).containsExactly("a@25");
        assertThat(time.millis()).isEqualTo(start + 30);
    }

    @Test
    void delayOfZeroOrLessWaitsForTheNextCall() {
        schedule("a", 0);
        schedule("b", -5);
        assertThat(ran).isEmpty();

        time.advance(Duration.ZERO);

        assertThat(ran).containsExactly("a@0", "b@0");
    }

    @Test
    void hugeDelayNeverComes() {
        schedule("a", Long.MAX_VALUE);

        time.advance(Duration.ofDays(100 * 365));

        assertThat(ran).isEmpty();
        assertThat(time.pendingTasks()).isOne();
    }

    @Test
    void skipRunsNothingUntilTheNextAdvance() {
        schedule("a", 10);

        time.skip(Duration.ofMillis(50));
        assertThat(ran).isEmpty();
        assertThat(time.millis()).isEqualTo(start + 50);

        time.advance(Duration.ZERO);
        assertThat(ran).containsExactly("a@50");
    }

    @Test
    void pendingTasksCountsWhatHasNotRun() {
        schedule("a", 10);
        schedule("b", 20);

        time.advance(Duration.ofMillis(10));

        assertThat(time.pendingTasks()).isOne();
    }

    @Test
    void failedTaskEndsTheCallAndLeavesTheOthers() {
        time.runAfter(
                10,
                () -> {
                    throw new IllegalStateException("boom");
                },
                UNUSED);
        schedule("b", 20);

        assertThatThrownBy(() -> time.advance(Duration.ofMillis(30))).hasMessage("boom");

        assertThat(time.millis()).isEqualTo(start + 10);
        assertThat(time.pendingTasks()).isOne();
    }

    @Test
    void negativeDurationIsAnError() {
        assertThatThrownBy(() -> time.advance(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time does not run backwards: PT-0.001S");
    }

    @Test
    void eachTaskRunsOnceThoughManyThreadsAdvance() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            time.runAfter(i, runs::incrementAndGet, UNUSED);
        }

        Race.of(4).run(thread -> {
            for (int i = 0; i < 1_000; i++) {
                time.advance(Duration.ofMillis(1));
            }
        });

        assertThat(runs).hasValue(1_000);
        assertThat(time.pendingTasks()).isZero();
    }

    private void schedule(String name, long delayMillis) {
        time.runAfter(delayMillis, () -> ran.add(name + "@" + (time.millis() - start)), UNUSED);
    }
}
