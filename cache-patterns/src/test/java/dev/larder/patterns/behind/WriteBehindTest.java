package dev.larder.patterns.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.behind.DeadLetter.Reason;
import dev.larder.patterns.behind.RecordingWriter.Write;
import dev.larder.patterns.fixture.Entries;
import dev.larder.patterns.load.Loaders;
import dev.larder.testkit.FakeTime;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WriteBehindTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CacheWriterException DOWN = new CacheWriterException("down");

    private final FakeTime time = new FakeTime();
    private final RecordingWriter database = new RecordingWriter();
    private final List<DeadLetter<String, Integer>> letters = Collections.synchronizedList(new ArrayList<>());
    private final List<WriteBehind<String, Integer>> started = new ArrayList<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final Scheduler scheduler = new Scheduler() {
        @Override
        public void after(long millis, Runnable task) {
            time.runAfter(millis, task, Runnable::run);
        }

        @Override
        public void stop() {}
    };

    private WriteBehindBuilder<String, Integer> builder() {
        return builder(database);
    }

    private WriteBehindBuilder<String, Integer> builder(CacheWriter<String, Integer> writer) {
        return WriteBehind.to(writer)
                .batch(100)
                .deadLetters(letters::add)
                .whenFull(WhenFull.reject())
                .retries(RetryPolicy.pausing(failures -> 100L).attempts(3))
                .closeWithin(Duration.ZERO)
                .time(scheduler, () -> Instant.ofEpochMilli(time.millis()));
    }

    private WriteBehind<String, Integer> start(WriteBehindBuilder<String, Integer> builder) {
        WriteBehind<String, Integer> behind = builder.start();
        started.add(behind);
        return behind;
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        for (WriteBehind<String, Integer> behind : started) {
            behind.close();
        }
    }

    private static void put(WriteBehind<String, Integer> behind, String key, int value) {
        behind.write(Entries.entry(key, value));
    }

    @Test
    void changeIsWrittenAfterTheDelay() {
        WriteBehind<String, Integer> behind = start(builder());
        put(behind, "a", 1);

        time.advance(Duration.ofMillis(999));
        assertThat(database.rows).isEmpty();

        time.advance(Duration.ofMillis(1));
        assertThat(database.rows).isEqualTo(Map.of("a", 1));
    }

    @Test
    void lastOfSeveralChangesIsWritten() {
        WriteBehind<String, Integer> behind = start(builder());
        put(behind, "a", 1);
        put(behind, "a", 2);
        put(behind, "b", 1);
        behind.delete("b");
        behind.delete("c");
        put(behind, "c", 3);

        time.advance(SECOND);

        assertThat(database.log)
                .containsExactlyInAnyOrder(
                        new Write("a", 2), new Write("b", RecordingWriter.DELETED), new Write("c", 3));
        assertThat(behind.statistics().getCoalesced()).isEqualTo(3);
        assertThat(behind.statistics().getWritten()).isEqualTo(3);
    }

    @Test
    void changesAreWrittenTogether() {
        WriteBehind<String, Integer> behind = start(builder());
        behind.writeAll(Entries.of(Map.of("a", 1, "b", 2, "c", 3)));
        behind.deleteAll(new ArrayList<>(List.of("x", "y")));

        time.advance(SECOND);

        assertThat(database.calls).containsExactly(3, 2);
        assertThat(behind.statistics().getBatches()).isEqualTo(1);
    }

    @Test
    void fullBatchIsWrittenAtOnce() {
        WriteBehind<String, Integer> behind = start(builder().batch(3));
        for (int i = 0; i < 7; i++) {
            put(behind, "key " + i, i);
        }

        time.advance(Duration.ZERO);
        assertThat(database.rows).hasSize(7);
        assertThat(database.calls).containsExactly(3, 3, 1);
    }

    @Test
    void changeThatComesLaterHasADelayOfItsOwn() {
        WriteBehind<String, Integer> behind = start(builder());
        put(behind, "a", 1);
        time.advance(SECOND);
        put(behind, "b", 2);

        time.advance(Duration.ofMillis(999));
        assertThat(database.rows).hasSize(1);

        time.advance(Duration.ofMillis(1));
        assertThat(database.rows).hasSize(2);
    }

    @Test
    void fewStatementsForManyChangesOfFewKeys() throws InterruptedException {
        WriteBehind<String, Integer> behind = start(WriteBehind.to(database));

        long start = System.nanoTime();
        for (int i = 0; i < 50_000; i++) {
            put(behind, "key " + i % 500, i);
        }
        assertThat(behind.flush(Duration.ofSeconds(60))).isTrue();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);

        // each key once for each delay that has passed, once in between, and once at the end
        assertThat(database.log.size()).isLessThanOrEqualTo(500 * (Math.toIntExact(seconds) + 2));
        assertThat(database.rows)
                .hasSize(500)
                .allSatisfy((key, value) -> assertThat(value).isGreaterThanOrEqualTo(49_500));
    }

    @Test
    void failedBatchIsTriedAgain() {
        WriteBehind<String, Integer> behind = start(builder());
        database.failAlways(DOWN);
        behind.writeAll(Entries.of(Map.of("a", 1, "b", 2)));
        time.advance(SECOND);
        assertThat(behind.statistics().getFailuresInARow()).isEqualTo(1);
        assertThat(behind.statistics().getLastFailure()).isEqualTo(CacheWriterException.class.getName());

        database.failAlways(null);
        time.advance(Duration.ofMillis(100));

        assertThat(database.rows).isEqualTo(Map.of("a", 1, "b", 2));
        assertThat(behind.statistics().getFailuresInARow()).isZero();
        assertThat(behind.statistics().getFailures()).isEqualTo(1);
    }

    @Test
    void writerIsProbedWithSinglesAfterAFailureAndThenBatchesDouble() {
        WriteBehind<String, Integer> behind = start(builder().batch(20));
        database.failAlways(DOWN);
        for (int i = 0; i < 20; i++) {
            put(behind, "key " + i, i);
        }
        time.advance(Duration.ofMillis(150));
        database.failAlways(null);
        time.advance(SECOND);

        // the one that was tried by itself comes last, and by itself
        assertThat(database.calls).containsExactly(20, 1, 1, 2, 4, 8, 4, 1);
        assertThat(database.rows).hasSize(20);
    }

    @Test
    void whatABulkCallHasDoneIsNotDoneAgain() {
        WriteBehind<String, Integer> behind = start(builder());
        database.failAt("m"::equals);
        Collection<Cache.Entry<? extends String, ? extends Integer>> entries =
                Entries.of(new TreeMap<>(Map.of("a", 1, "m", 2, "z", 3)));
        behind.writeAll(entries);
        time.advance(SECOND);
        assertThat(database.log).containsExactly(new Write("a", 1));

        database.failAt(key -> false);
        time.advance(SECOND);

        assertThat(database.log).containsExactlyInAnyOrder(new Write("a", 1), new Write("m", 2), new Write("z", 3));
    }

    @Test
    void badChangeIsGivenUpAndHoldsNoOtherUp() {
        WriteBehind<String, Integer> behind = start(builder());
        database.failAt("key 5"::equals);
        for (int i = 0; i < 50; i++) {
            put(behind, "key " + i, i);
        }

        time.advance(Duration.ofSeconds(10));

        assertThat(database.rows).hasSize(49);
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("key 5");
            assertThat(letter.value()).isEqualTo(5);
            assertThat(letter.reason()).isEqualTo(Reason.FAILED);
            assertThat(letter.cause()).isInstanceOf(CacheWriterException.class);
            assertThat(letter).hasToString("dead letter: write, FAILED, " + CacheWriterException.class.getName());
        });
        assertThat(behind.statistics().getDeadLetters()).isEqualTo(1);
        assertThat(behind.statistics().getWaiting()).isZero();
    }

    @Test
    void badDataIsNotTriedAgain() {
        WriteBehind<String, Integer> behind = start(builder());
        database.failAlways(new CacheWriterException(new SQLException("too long", "22001")));
        put(behind, "a", 1);

        time.advance(SECOND);

        assertThat(letters).hasSize(1);
        assertThat(database.calls).hasSize(1);
    }

    @Test
    void badDataAmongOthersIsFoundWithoutPauses() {
        WriteBehind<String, Integer> behind = start(builder(new PickyWriter(database)));
        for (int i = 0; i < 64; i++) {
            put(behind, "key " + i, i == 40 ? -1 : i);
        }

        time.advance(SECOND);

        assertThat(database.rows).hasSize(63);
        assertThat(letters).singleElement().extracting(DeadLetter::key).isEqualTo("key 40");
    }

    /** Writes all or nothing, and refuses negative numbers as a database would. */
    private static final class PickyWriter extends ForwardingWriter {

        PickyWriter(RecordingWriter target) {
            super(target);
        }

        @Override
        public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
            check(entry);
            super.write(entry);
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
            entries.forEach(PickyWriter::check);
            super.writeAll(entries);
        }

        private static void check(Cache.Entry<?, ? extends Integer> entry) {
            if (entry.getValue() < 0) {
                throw new CacheWriterException(new SQLException("check violated", "23514"));
            }
        }
    }

    @Test
    void laterChangeOfABadKeyHasItsOwnAttempts() {
        WriteBehind<String, Integer> behind = start(builder());
        database.failAt("a"::equals);
        put(behind, "a", 1);
        time.advance(Duration.ofMillis(1_050));
        put(behind, "a", 2);
        database.failAt(key -> false);

        time.advance(Duration.ofSeconds(2));

        assertThat(database.log).containsExactly(new Write("a", 2));
        assertThat(letters).isEmpty();
    }

    @Test
    void handlerThatFailsHasNotTakenTheLetter() {
        AtomicBoolean full = new AtomicBoolean(true);
        WriteBehind<String, Integer> behind = start(builder().deadLetters(letter -> {
            if (full.get()) {
                throw new IllegalStateException("no room");
            }
            letters.add(letter);
        }));
        database.failAlways(DOWN);
        put(behind, "a", 1);
        time.advance(Duration.ofSeconds(5));
        assertThat(behind.statistics().getWaiting()).isEqualTo(1);

        full.set(false);
        time.advance(SECOND);

        assertThat(letters).hasSize(1);
        assertThat(behind.statistics().getWaiting()).isZero();
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsDownForHalfAMinuteAndTheQueueIsBounded() {
        WriteBehind<String, Integer> behind = start(builder().capacity(200).retries(RetryPolicy.standard()));
        Map<String, Integer> acknowledged = new TreeMap<>();
        database.failAlways(DOWN);
        for (int second = 0; second < 30; second++) {
            for (int i = 0; i < 20; i++) {
                String key = "key " + (second * 7 + i * 11) % 300;
                try {
                    put(behind, key, second * 100 + i);
                    acknowledged.put(key, second * 100 + i);
                } catch (CacheWriterException refused) {
                    assertThat(refused).hasMessageContaining("the queue is full: 200 keys");
                }
            }
            time.advance(SECOND);
            assertThat(behind.statistics().getWaiting()).isLessThanOrEqualTo(200);
        }
        assertThat(behind.statistics().getRejected()).isPositive();
        assertThat(behind.statistics().getOldestMillis()).isEqualTo(30_000);

        database.failAlways(null);
        time.advance(Duration.ofMinutes(1));

        assertThat(database.rows).isEqualTo(acknowledged);
        assertThat(letters).isEmpty();
        assertThat(behind.statistics().getWaiting()).isZero();
        assertThat(behind.statistics().getOldestMillis()).isZero();
    }

    @Test
    void changesOfQueuedKeysPassAFullQueue() {
        WriteBehind<String, Integer> behind = start(builder().capacity(1).batch(10));
        put(behind, "a", 1);
        put(behind, "a", 2);

        assertThatThrownBy(() -> put(behind, "b", 1))
                .isInstanceOf(CacheWriterException.class)
                .hasMessage("write-behind \"unnamed\": the queue is full: 1 keys have changes that are not written");
        time.advance(Duration.ZERO);
        put(behind, "b", 1);
        time.advance(Duration.ZERO);

        assertThat(database.rows).isEqualTo(Map.of("a", 2, "b", 1));
    }

    @Test
    void bulkCallLeavesWhatWasNotQueued() {
        WriteBehind<String, Integer> behind = start(builder().capacity(2));
        Collection<Cache.Entry<? extends String, ? extends Integer>> entries =
                Entries.of(new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3)));

        assertThatThrownBy(() -> behind.writeAll(entries)).isInstanceOf(CacheWriterException.class);

        assertThat(Entries.keys(entries)).containsExactly("c");
        time.advance(SECOND);
        assertThat(database.rows).isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void callerWaitsForRoom() throws Exception {
        WriteBehind<String, Integer> behind =
                start(builder().capacity(1).whenFull(WhenFull.block(Duration.ofSeconds(30))));
        put(behind, "a", 1);

        CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> put(behind, "b", 2), threads);
        assertThatThrownBy(() -> blocked.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        time.advance(SECOND);

        blocked.get(60, TimeUnit.SECONDS);
        assertThat(behind.statistics().getAccepted()).isEqualTo(2);
    }

    @Test
    void interruptedCallerIsFreed() {
        WriteBehind<String, Integer> behind =
                start(builder().capacity(1).whenFull(WhenFull.block(Duration.ofSeconds(30))));
        put(behind, "a", 1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> put(behind, "b", 2)).hasMessageContaining("interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        put(behind, "a", 3); // needs no room, and so no wait
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shedChangeIsADeadLetter() {
        WriteBehind<String, Integer> behind = start(builder().capacity(1).whenFull(WhenFull.shed()));
        put(behind, "a", 1);
        put(behind, "b", 2);
        behind.delete("c");

        time.advance(SECOND);

        assertThat(database.rows).isEqualTo(Map.of("a", 1));
        assertThat(letters).extracting(DeadLetter::reason).containsExactly(Reason.SHED, Reason.SHED);
        assertThat(letters.get(1)).hasToString("dead letter: deletion, SHED");
        assertThat(behind.statistics().getShed()).isEqualTo(2);
    }

    /** Lets a test hold a write. */
    private static final class HeldWriter extends ForwardingWriter {

        final CountDownLatch writing = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);

        HeldWriter(RecordingWriter target) {
            super(target);
        }

        @Override
        void before() {
            writing.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new CacheWriterException("interrupted", e);
            }
        }
    }

    @Test
    void changeOfAKeyThatIsBeingWrittenWaitsForIt() throws Exception {
        HeldWriter held = new HeldWriter(database);
        WriteBehind<String, Integer> behind = start(builder(held).batch(1));
        put(behind, "a", 1);
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> time.advance(Duration.ZERO), threads);
        held.writing.await();

        put(behind, "a", 2);
        assertThat(behind.statistics().getInFlight()).isEqualTo(1);
        assertThat(behind.statistics().getWaiting()).isEqualTo(1);
        assertThat(behind.reading(Loaders.of(key -> -1)).load("a")).isEqualTo(2);
        held.release.countDown();
        run.get(60, TimeUnit.SECONDS);
        time.advance(SECOND);

        assertThat(database.log).containsExactly(new Write("a", 1), new Write("a", 2));
    }

    @Test
    void failedChangeIsNotWrittenAfterALaterOne() throws Exception {
        HeldWriter held = new HeldWriter(database);
        WriteBehind<String, Integer> behind = start(builder(held).batch(2));
        behind.writeAll(Entries.of(Map.of("a", 1, "b", 1)));
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> time.advance(Duration.ZERO), threads);
        held.writing.await();
        put(behind, "a", 2);
        database.failAlways(DOWN);
        held.release.countDown();
        run.get(60, TimeUnit.SECONDS);

        database.failAlways(null);
        time.advance(SECOND);

        assertThat(database.log).containsExactlyInAnyOrder(new Write("a", 2), new Write("b", 1));
    }

    @Test
    void flushWritesNowAndWaits() throws InterruptedException {
        WriteBehind<String, Integer> behind = start(WriteBehind.to(database).delay(Duration.ofHours(1)));
        put(behind, "a", 1);

        assertThat(behind.flush(Duration.ofSeconds(60))).isTrue();

        assertThat(database.rows).isEqualTo(Map.of("a", 1));
    }

    @Test
    void flushTellsWhatItCouldNotDoInTime() throws InterruptedException {
        WriteBehind<String, Integer> behind = start(builder());
        put(behind, "a", 1);

        assertThat(behind.flush(Duration.ofMillis(1))).isFalse();

        time.advance(Duration.ZERO);
        assertThat(behind.flush(Duration.ZERO)).isTrue();
    }

    @Test
    void flushDoesNotCountAChangeThatWasReplacedByOneNotWritten() throws Exception {
        HeldWriter held = new HeldWriter(database);
        WriteBehind<String, Integer> behind = start(builder(held).batch(1));
        put(behind, "a", 1);
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> time.advance(Duration.ZERO), threads);
        held.writing.await();
        CompletableFuture<Boolean> flushed = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return behind.flush(Duration.ofMillis(200));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
        put(behind, "a", 2);
        database.failAlways(DOWN);
        held.release.countDown();
        run.get(60, TimeUnit.SECONDS);

        assertThat(flushed.get(60, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void closeWritesWhatIsQueuedAndClosesTheWriter() throws IOException {
        AtomicBoolean writerClosed = new AtomicBoolean();
        class ClosingWriter extends ForwardingWriter implements Closeable {
            ClosingWriter() {
                super(database);
            }

            @Override
            public void close() {
                writerClosed.set(true);
            }
        }
        WriteBehind<String, Integer> behind =
                WriteBehind.to(new ClosingWriter()).delay(Duration.ofHours(1)).start();
        put(behind, "a", 1);

        behind.close();
        behind.close();

        assertThat(database.rows).isEqualTo(Map.of("a", 1));
        assertThat(writerClosed).isTrue();
        assertThatThrownBy(() -> put(behind, "b", 1))
                .isInstanceOf(CacheWriterException.class)
                .hasMessage("write-behind \"unnamed\": it is closed");
    }

    @Test
    void whatIsNotWrittenWhenItIsClosedIsADeadLetter() throws IOException {
        WriteBehind<String, Integer> behind = start(builder());
        put(behind, "a", 1);
        behind.delete("b");

        behind.close();

        assertThat(letters).extracting(DeadLetter::reason).containsExactly(Reason.CLOSED, Reason.CLOSED);
        assertThat(letters).extracting(DeadLetter::key).containsExactly("a", "b");
    }

    @Test
    void writerThatHangsDoesNotKeepCloseForLong() throws Exception {
        HeldWriter held = new HeldWriter(database);
        WriteBehind<String, Integer> behind = WriteBehind.to(held)
                .delay(Duration.ZERO)
                .deadLetters(letters::add)
                .closeWithin(Duration.ofMillis(50))
                .start();
        put(behind, "a", 1);
        held.writing.await();

        behind.close();

        assertThat(letters).extracting(DeadLetter::key).containsExactly("a");
    }

    @Test
    void statisticsAreAnMBean() throws Exception {
        ObjectName name = new ObjectName("dev.larder.patterns:type=WriteBehind,name=\"stock, of \\\"all\\\"\"");
        WriteBehind<String, Integer> behind =
                start(builder().name("stock, of \"all\"").jmx());
        put(behind, "a", 1);

        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Waiting"))
                .isEqualTo(1);
        WriteBehindBuilder<String, Integer> second =
                builder().name("stock, of \"all\"").jmx();
        assertThatIllegalStateException().isThrownBy(second::start).withMessageContaining("cannot be registered");

        behind.close();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                .isFalse();
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder().batch(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().capacity(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().delay(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().closeWithin(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> WhenFull.block(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.standard().attempts(0));
    }
}
