package dev.larder.patterns.behind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.fixture.Entries;
import dev.larder.testkit.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;

/**
 * Random changes to a database that fails at random: what was acknowledged last is what the database has in the end, the changes of a key reach it in order, and the queue never
 * has more than its capacity.
 */
class WriteBehindModelTest {

    private static final int RUNS = Boolean.getBoolean("larder.stress") ? 5_000 : 200;
    private static final int CAPACITY = 12;

    private static final class Run implements Scheduler {

        private final Random random;
        private final FakeTime time = new FakeTime();
        private final RecordingWriter database = new RecordingWriter();
        private final Map<String, Integer> acknowledged = new HashMap<>();
        private final WriteBehind<String, Integer> behind;
        private int lastValue;

        Run(long seed) {
            random = new Random(seed);
            behind = WriteBehind.to(database)
                    .batch(1 + random.nextInt(10))
                    .capacity(CAPACITY)
                    .whenFull(WhenFull.reject())
                    .retries(RetryPolicy.pausing(failures -> (long) random.nextInt(300))
                            .attempts(Integer.MAX_VALUE))
                    .closeWithin(Duration.ZERO)
                    .time(this, () -> Instant.ofEpochMilli(time.millis()))
                    .start();
        }

        @Override
        public void after(long millis, Runnable task) {
            time.runAfter(millis, task, Runnable::run);
        }

        @Override
        public void stop() {}

        void play() throws IOException {
            for (int i = 0; i < 200; i++) {
                step();
                int queued =
                        behind.statistics().getWaiting() + behind.statistics().getInFlight();
                assertThat(queued).isLessThanOrEqualTo(CAPACITY);
            }
            heal();
            time.advance(Duration.ofMinutes(10));
            assertThat(behind.statistics().getWaiting()).isZero();
            assertThat(database.rows).isEqualTo(acknowledged);
            assertOrder();
            behind.close();
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0 -> database.failAlways(new CacheWriterException("down"));
                case 1 -> heal();
                case 2 -> database.failAt(("key " + random.nextInt(20))::equals);
                case 3, 4 -> time.advance(Duration.ofMillis(random.nextInt(700)));
                case 5 -> delete("key " + random.nextInt(20));
                default -> put("key " + random.nextInt(20), ++lastValue);
            }
        }

        private void heal() {
            database.failAlways(null);
            database.failAt(key -> false);
        }

        private void put(String key, int value) {
            try {
                behind.write(Entries.entry(key, value));
                acknowledged.put(key, value);
            } catch (CacheWriterException full) {
                assertThat(full).hasMessageContaining("full");
            }
        }

        private void delete(String key) {
            try {
                behind.delete(key);
                acknowledged.remove(key);
            } catch (CacheWriterException full) {
                assertThat(full).hasMessageContaining("full");
            }
        }

        private void assertOrder() {
            Map<String, Integer> last = new HashMap<>();
            for (RecordingWriter.Write write : database.log) {
                if (write.value() != null) {
                    assertThat(write.value()).isGreaterThanOrEqualTo(last.getOrDefault(write.key(), 0));
                    last.put(write.key(), write.value());
                }
            }
        }
    }

    @Test
    void nothingAcknowledgedIsLost() throws IOException {
        for (long seed = 1; seed <= RUNS; seed++) {
            try {
                new Run(seed).play();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
