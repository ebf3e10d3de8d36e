package dev.larder.jcache.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatisticsTimingTest {

    private final FakeTime time = new FakeTime();

    @Test
    void averageIsOfTheTimesTakenInMicroseconds() {
        Statistics statistics = new Statistics(time, true);

        long start = statistics.startGet();
        time.advance(Duration.ofNanos(2_500));
        statistics.endGet(start);

        assertThat(statistics.averageGetMicros()).isEqualTo(2.5f);
        assertThat(statistics.averagePutMicros()).isZero();
        assertThat(statistics.averageRemoveMicros()).isZero();
    }

    @Test
    void averageOfManyIsThatOfASample() {
        Statistics statistics = new Statistics(time, true);

        for (int i = 0; i < 100_000; i++) {
            long start = statistics.startPut();
            time.advance(Duration.ofNanos(i % 2 == 0 ? 1_000 : 3_000));
            statistics.endPut(start);
        }

        assertThat(statistics.averagePutMicros()).isBetween(1.7f, 2.3f);
    }

    @Test
    void clockIsNotReadWhileSwitchedOffAndSeldomWhileOn() {
        AtomicInteger readings = new AtomicInteger();
        Statistics statistics = new Statistics(readings::incrementAndGet, false);

        for (int i = 0; i < 100; i++) {
            statistics.endRemove(statistics.startRemove());
        }
        assertThat(readings).hasValue(0);

        statistics.setEnabled(true);
        for (int i = 0; i < 256_000; i++) {
            statistics.endRemove(statistics.startRemove());
        }
        assertThat(readings.get()).isBetween(2 * 500, 2 * 2_000);
    }

    @Test
    void switchThatIsTurnedDuringAnOperationDoesNotSpoilTheTimes() {
        Statistics statistics = new Statistics(time, false);
        long untimed = statistics.startGet();
        statistics.setEnabled(true);
        time.advance(Duration.ofDays(1));

        statistics.endGet(untimed);

        assertThat(statistics.averageGetMicros()).isZero();
    }

    @Test
    void clearStartsAgainWithTheFirst() {
        Statistics statistics = new Statistics(time, true);
        statistics.endGet(statistics.startGet());
        statistics.clear();

        long start = statistics.startGet();
        time.advance(Duration.ofNanos(4_000));
        statistics.endGet(start);

        assertThat(statistics.averageGetMicros()).isEqualTo(4f);
    }
}
