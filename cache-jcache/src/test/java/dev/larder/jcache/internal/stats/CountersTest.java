package dev.larder.jcache.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.internal.concurrent.ThreadSlots;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class CountersTest {

    private static final int EACH = 20_000;

    private final Counters counters = new Counters();

    @Test
    void countIsExactHoweverManyThreadsCountAndEnd() throws InterruptedException {
        int threads = 200;
        for (int wave = 0; wave < 4; wave++) {
            runAll(threads, this::countHits);
        }

        assertThat(counters.sum(Counters.HITS)).isEqualTo(4L * threads * EACH);
        assertThat(counters.sum(Counters.MISSES)).isZero();
    }

    private void countHits() {
        for (int i = 0; i < EACH; i++) {
            Tally tally = counters.forHit();
            if (tally == null) {
                counters.add(Counters.HITS, 1);
            } else {
                tally.hit();
            }
        }
    }

    @Test
    void eachCounterCountsItsOwn() {
        for (int counter = Counters.HITS; counter <= Counters.EVICTIONS; counter++) {
            counters.add(counter, counter + 10L);
        }

        for (int counter = Counters.HITS; counter <= Counters.EVICTIONS; counter++) {
            assertThat(counters.sum(counter)).isEqualTo(counter + 10L);
        }
    }

    @Test
    void resetLosesNothingThatIsCountedAfterIt() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Thread resetting = new Thread(() -> {
            while (!over.get()) {
                counters.reset();
            }
        });
        resetting.start();
        runAll(4, this::countHits);
        over.set(true);
        resetting.join();
        counters.reset();
        assertThat(counters.sum(Counters.HITS)).isZero();

        runAll(4, this::countHits);

        assertThat(counters.sum(Counters.HITS)).isEqualTo(4L * EACH);
    }

    @Test
    void oneGetInManyGoesTheLongWay() throws InterruptedException {
        AtomicInteger longWays = new AtomicInteger(-1);

        // a thread has no slot if another that lives has it, and then all of its gets go the long way
        while (longWays.get() < 0) {
            runAll(1, () -> longWays.set(ThreadSlots.mine() == ThreadSlots.NONE ? -1 : longWaysOfThisThread()));
        }

        assertThat(longWays).hasValue(100);
    }

    private int longWaysOfThisThread() {
        counters.add(Counters.HITS, 1);
        int longWays = 0;
        for (int i = 0; i < 100 * Counters.SAMPLE; i++) {
            Tally tally = counters.forHit();
            if (tally == null) {
                longWays++;
                counters.add(Counters.HITS, 1);
            } else {
                tally.hit();
            }
        }
        return longWays;
    }

    private static void runAll(int number, Runnable work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Thread thread = new Thread(work);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
