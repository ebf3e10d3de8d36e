package dev.larder.store.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.FakeTime;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HorizonTest {

    private static final int MANY = 100 * Horizon.OFTEN * Horizon.SAMPLE;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final FakeTime time = new FakeTime();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicInteger delays = new AtomicInteger();
    private final Clock clock = () -> {
        readings.incrementAndGet();
        return time.nanos();
    };
    private final Timer timer = (delayMillis, task, executor) -> {
        delays.incrementAndGet();
        time.runAfter(delayMillis, task, executor);
    };
    private final Horizon horizon = new Horizon(clock, timer, Runnable::run);

    private void read(long deadlineMillis, int times) {
        for (int i = 0; i < times; i++) {
            horizon.hasPassed(deadlineMillis);
        }
    }

    private long inAnHour() {
        return time.millis() + HOUR;
    }

    @Test
    void storeThatIsReadSeldomReadsTheClockEachTimeAndAsksForNoTimer() {
        read(inAnHour(), 1_000);

        assertThat(readings).hasValue(1_000);
        assertThat(delays).hasValue(0);
    }

    @Test
    void storeThatIsReadOftenReadsTheClockSeldom() {
        read(inAnHour(), MANY);

        assertThat(readings).hasValueLessThan(MANY / 50);
    }

    @Test
    void deadlineIsKeptToTheMillisecondWhileTheTimerRuns() {
        long deadline = inAnHour();
        for (long left = HOUR; left > 1; left -= left / 2) {
            read(deadline, MANY);
            assertThat(horizon.hasPassed(deadline)).isFalse();
            time.advance(Duration.ofMillis(left / 2));
        }

        assertThat(time.millis()).isEqualTo(deadline - 1);
        assertThat(horizon.hasPassed(deadline)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(horizon.hasPassed(deadline)).isTrue();
    }

    @Test
    void deadlineWithinTheMarginIsJudgedByTheClockThoughTheTimerIsStarved() {
        Horizon starved = new Horizon(time, (delayMillis, task, executor) -> {}, Runnable::run);
        long deadline = time.millis() + Horizon.MARGIN_MILLIS;
        for (int i = 0; i < MANY; i++) {
            starved.hasPassed(deadline);
        }

        time.advance(Duration.ofMillis(Horizon.MARGIN_MILLIS));

        assertThat(starved.hasPassed(deadline)).isTrue();
    }

    @Test
    void threadWhoseTimerIsStarvedNoticesItWithinOneSample() {
        Horizon starved = new Horizon(time, (delayMillis, task, executor) -> {}, Runnable::run);
        long deadline = inAnHour();
        for (int i = 0; i < MANY; i++) {
            starved.hasPassed(deadline);
        }

        time.advance(Duration.ofHours(2));

        int late = 0;
        while (!starved.hasPassed(deadline)) {
            late++;
        }
        assertThat(late).isLessThan(Horizon.SAMPLE);
        for (int i = 0; i < MANY; i++) {
            assertThat(starved.hasPassed(deadline)).isTrue();
        }
    }

    @Test
    void timerIsLetGoWhenReadingStops() {
        read(inAnHour(), MANY);
        time.advance(Duration.ofMillis(10 * Horizon.PERIOD_MILLIS));
        int asked = delays.get();

        time.advance(Duration.ofHours(1));

        assertThat(delays).hasValue(asked);
        assertThat(asked).isLessThan(4);
    }
}
