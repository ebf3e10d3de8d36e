package dev.larder.store.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DegradationTest {

    private static final Logger LOGGER = Logger.getLogger(Degradation.class.getName());

    private static final String NAME = "users of this test";

    private final FakeTime time = new FakeTime();
    private final Degradation degradation = new Degradation(NAME, OnStoreFailure.DEGRADE, time, Runnable::run);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** What a line waits for before it is written. */
    private volatile CountDownLatch disk = new CountDownLatch(0);

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains(NAME)) { // and not a late line of another test
                awaitDisk();
                lines.add(record.getLevel() + " " + record.getMessage());
            }
            assertThat(record.getThrown()).as("may say what is a secret").isNull();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    private void fail(String cause) {
        degradation.noteFailure(new StoreException(cause, Applied.NO, new IllegalStateException("password")), true, 3);
    }

    @Test
    void aTimeOfFailingIsTwoLinesHoweverManyCallsFail() {
        fail("down");
        time.advance(Duration.ofMillis(600));
        degradation.noteAnswer(() -> true);
        fail("timed out");
        time.advance(Duration.ofSeconds(1));
        degradation.noteAnswer(() -> true);
        degradation.noteAnswer(() -> true);

        assertThat(lines)
                .containsExactly(
                        "WARNING cache \"users of this test\": its store fails; going on without it: down; breaker open, 3 keys pending",
                        "INFO cache \"users of this test\": its store is back after 1600 ms, and nothing is pending;"
                                + " the last failure was: timed out");
    }

    @Test
    void itIsNotOverAsLongAsSomethingIsPending() {
        fail("down");
        time.advance(Duration.ofMinutes(1));

        degradation.noteAnswer(() -> false);

        assertThat(degradation.isOn()).isTrue();
        assertThat(degradation.millis()).isEqualTo(60_000);
        assertThat(lines).hasSize(1);
    }

    @Test
    void whereFailingIsWantedTheLineSaysSo() {
        new Degradation(NAME, OnStoreFailure.FAIL, time, Runnable::run)
                .noteFailure(new StoreException("down", Applied.NO, null), false, -1);

        assertThat(lines)
                .containsExactly(
                        "WARNING cache \"users of this test\": its store fails; operations fail with it: down; breaker closed,"
                                + " all keys pending");
    }

    /** The first line of a program takes tens of milliseconds, one that goes to a disk that hangs for ever. */
    @Test
    void whoFailsDoesNotWaitForTheLog() {
        disk = new CountDownLatch(1);
        Degradation sound = new Degradation(NAME, OnStoreFailure.DEGRADE, time, new LogWriter());

        sound.noteFailure(new StoreException("down", Applied.NO, null), true, 3);
        time.advance(Duration.ofMinutes(1));
        sound.noteAnswer(() -> true);

        assertThat(lines).isEmpty();
        disk.countDown();
        await().until(() -> lines.size() == 2);
        assertThat(lines.get(0)).startsWith("WARNING");
        assertThat(lines.get(1)).startsWith("INFO");
    }

    /** A store that hangs is when threads run out, and how its calls end must be told all the same. */
    @Test
    void whereNoThreadIsToBeHadTheLineIsWrittenByWhoFails() {
        LogWriter writer = new LogWriter(task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        new Degradation(NAME, OnStoreFailure.DEGRADE, time, writer)
                .noteFailure(new StoreException("down", Applied.NO, null), true, 3);

        assertThat(lines).hasSize(1);
    }

    private void awaitDisk() {
        try {
            assertThat(disk.await(10, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
