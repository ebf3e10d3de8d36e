package dev.larder.patterns.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.patterns.fixture.Entries;
import dev.larder.patterns.write.UnknownOutcomeException;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;

/** What happens while a journal cannot be written. */
class FailingLogTest {

    private final FakeTime time = new FakeTime();
    private final RecordingWriter database = new RecordingWriter();
    private boolean broken = true;

    private final ChangeLog<String, Integer> log = new ChangeLog<>() {
        @Override
        public List<Change<String, Integer>> recover() {
            return List.of();
        }

        @Override
        public void append(Change<String, Integer> change) {}

        @Override
        public void force(long sequence) {
            if (broken) {
                throw new CacheWriterException("the disk is full");
            }
        }

        @Override
        public void settle(Change<String, Integer> change) {}

        @Override
        public void close() {}
    };

    private final Scheduler scheduler = new Scheduler() {
        @Override
        public void after(long millis, Runnable task) {
            time.runAfter(millis, task, Runnable::run);
        }

        @Override
        public void stop() {}
    };

    private final ChangeQueue<String, Integer> queue = new ChangeQueue<>(100, log, InstantSource.system());
    private final Counts counts = new Counts("test");
    private final DeadLetters<String, Integer> letters = new DeadLetters<>("test", letter -> {});
    private final Flusher<String, Integer> flusher = new Flusher<>(
            queue,
            new Batches<>(
                    queue, log, new Delivery<>(database), RetryPolicy.pausing(failures -> 10L), letters, counts, 100),
            scheduler,
            100,
            1_000);
    private final Intake<String, Integer> intake =
            new Intake<>("test", WhenFull.reject(), queue, log, flusher, letters, counts);

    @Test
    void outcomeOfAWriteIsUnknown() {
        UnknownOutcomeException unknown =
                catchThrowableOfType(UnknownOutcomeException.class, () -> intake.take("a", 1));

        assertThat(unknown)
                .hasMessage("write-behind \"test\": the journal failed, and nobody knows whether 1 queued changes"
                        + " will outlive this JVM");
        assertThat(unknown.keys()).isEqualTo(Set.of("a"));
    }

    @Test
    void bulkCallLeavesAll() {
        Collection<Cache.Entry<? extends String, ? extends Integer>> entries = Entries.of(Map.of("a", 1, "b", 2));

        UnknownOutcomeException unknown = catchThrowableOfType(
                UnknownOutcomeException.class,
                () -> intake.takeAll(entries, Cache.Entry::getKey, Cache.Entry::getValue));

        assertThat(unknown.keys()).isEqualTo(Set.of("a", "b"));
        assertThat(entries).hasSize(2);
    }

    @Test
    void nothingReachesTheWriterBeforeItIsInTheLog() {
        List<Throwable> failures = new ArrayList<>();
        failures.add(catchThrowableOfType(UnknownOutcomeException.class, () -> intake.take("a", 1)));
        time.advance(Duration.ofMillis(1_005));
        assertThat(failures).doesNotContainNull();
        assertThat(database.log).isEmpty();

        broken = false;
        time.advance(Duration.ofSeconds(1));

        assertThat(database.rows).isEqualTo(Map.of("a", 1));
    }
}
