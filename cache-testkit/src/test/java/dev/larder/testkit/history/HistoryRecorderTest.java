package dev.larder.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryRecorderTest {

    private final AtomicLong now = new AtomicLong(100);
    private Path file;
    private Path otherFile;

    @BeforeEach
    void setUp(@TempDir Path directory) {
        file = directory.resolve("one");
        otherFile = directory.resolve("two");
    }

    private HistoryRecorder open(Path path) throws IOException {
        return HistoryRecorder.open(path, now::incrementAndGet);
    }

    @Test
    void callIsReadAsItWasWritten() throws IOException {
        try (HistoryRecorder recorder = open(file)) {
            recorder.call("a key", Operation.replace("- 'ö\n", "17"), () -> true);
        }

        assertThat(History.read(file).calls())
                .containsExactly(new Call("one#1", "a key", Operation.replace("- 'ö\n", "17"), 102, 103, true));
    }

    @Test
    void answersKeepTheirTypes() throws IOException {
        List<@Nullable Object> answers = new ArrayList<>(List.of("", "1", 1L, -1L, true, false, "null", "-"));
        answers.add(null);
        try (HistoryRecorder recorder = open(file)) {
            for (Object answer : answers) {
                recorder.begin("k", Operation.get()).answered(answer);
            }
        }

        assertThat(History.read(file).calls()).extracting(Call::answer).isEqualTo(answers);
    }

    @Test
    void answerOfAnotherTypeIsRefused() throws IOException {
        try (HistoryRecorder recorder = open(file)) {
            assertThatThrownBy(() -> recorder.call("k", Operation.increment(1), () -> 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("java.lang.Integer");
        }
    }

    @Test
    void callThatThrowsHasAnUnknownOutcome() throws IOException {
        try (HistoryRecorder recorder = open(file)) {
            assertThatThrownBy(() -> recorder.run("k", Operation.put("v"), HistoryRecorderTest::fail))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(History.read(file).calls()).containsExactly(Call.unknown("one#1", "k", Operation.put("v"), 101));
    }

    private static void fail() {
        throw new IllegalStateException("did not answer in time");
    }

    @Test
    void whatSaysNothingIsLeftOut() throws IOException {
        try (HistoryRecorder recorder = open(file)) {
            recorder.begin("k", Operation.put("v")).notApplied();
            recorder.begin("k", Operation.get());
            recorder.begin("k", Operation.containsKey());
        }

        assertThat(History.read(file).calls()).isEmpty();
    }

    @Test
    void filesOfSeveralProcessesAreOneHistory() throws IOException {
        try (HistoryRecorder one = open(file);
                HistoryRecorder other = open(otherFile)) {
            one.run("k", Operation.put("v"), () -> {});
            other.call("k", Operation.get(), () -> "v");
        }

        assertThat(History.read(file, otherFile).calls()).extracting(Call::name).containsExactly("one#1", "two#1");
    }

    @Test
    void fileOfAnotherProcessIsNotContinued() throws IOException {
        open(file).close();

        assertThatThrownBy(() -> open(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void lineThatWasNotWrittenToItsEndDoesNotCount() throws IOException {
        try (HistoryRecorder recorder = open(file)) {
            recorder.begin("k", Operation.put("v"));
        }
        Files.writeString(file, "= 1 102 10", StandardOpenOption.APPEND);

        assertThat(History.read(file).calls()).singleElement().matches(Call::isUnknown);
    }

    @Test
    void whatIsNoHistoryIsRefused() throws IOException {
        for (String line : List.of("= 1 102 103 -", "?", "> 1 x k PUT - -", "# 1", "> 1 100 k JUMP - -")) {
            Files.writeString(file, line + "\n");

            assertThatThrownBy(() -> History.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(file.toString(), line);
        }
    }

    @Test
    void interruptDoesNotEndTheRecording() throws IOException {
        try (HistoryRecorder recorder = open(file)) {
            Thread.currentThread().interrupt();
            recorder.run("k", Operation.put("v"), () -> {});
            recorder.run("k", Operation.put("w"), () -> {});
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(History.read(file).calls()).hasSize(2).noneMatch(Call::isUnknown);
    }

    @Test
    void callOfAKilledProcessHasAnUnknownOutcome() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(java, "-cp", classPath, Stuck.class.getName(), file.toString())
                .inheritIO()
                .start();
        try {
            await().atMost(1, TimeUnit.MINUTES).until(() -> Files.exists(file) && lines() == 3);
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(History.read(file).calls()).extracting(Call::isUnknown).containsExactly(false, true);
    }

    private long lines() throws IOException {
        return Files.readString(file).lines().count();
    }

    /** A program whose second call never returns. */
    static final class Stuck {

        private Stuck() {}

        public static void main(String[] args) throws IOException {
            HistoryRecorder recorder = HistoryRecorder.open(Path.of(args[0]), System::nanoTime);
            recorder.run("k", Operation.put("v"), () -> {});
            recorder.run("k", Operation.put("w"), () -> {
                for (; ; ) {
                    LockSupport.park();
                }
            });
        }
    }

    @Test
    void historyOfThreadsOnAMapHasAnOrder() throws Exception {
        Map<String, Object> cache = new ConcurrentHashMap<>();

        Verdict verdict = record(4, (recorder, thread, i) -> increment(recorder, cache));

        assertThat(verdict).isEqualTo(new Verdict.Linearizable(1, 4_000));
    }

    private static void increment(HistoryRecorder recorder, Map<String, Object> cache) {
        recorder.call("k", Operation.increment(1), () -> cache.merge("k", 1L, (a, b) -> (Long) a + (Long) b));
    }

    @Test
    void historyOfThreadsThatLoseAnUpdateHasNone() throws Exception {
        Map<String, Object> cache = new ConcurrentHashMap<>();

        Verdict verdict = record(2, (recorder, thread, i) -> {
            if (thread == 0 && i == 500) {
                cache.computeIfPresent("k", (key, value) -> (Long) value - 1);
            }
            increment(recorder, cache);
        });

        assertThat(verdict).isInstanceOf(Verdict.Violated.class);
    }

    /** What a thread does a thousand times. */
    @FunctionalInterface
    private interface Step {
        void make(HistoryRecorder recorder, int thread, int number);
    }

    private Verdict record(int threads, Step step) throws Exception {
        LongSupplier clock = System::nanoTime;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (HistoryRecorder recorder = HistoryRecorder.open(file, clock)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(executor.submit(() -> repeat(recorder, thread, step)));
            }
            for (Future<?> each : running) {
                each.get(1, TimeUnit.MINUTES);
            }
        } finally {
            executor.shutdownNow();
        }
        return LinearizabilityChecker.check(History.read(file));
    }

    private static void repeat(HistoryRecorder recorder, int thread, Step step) {
        for (int i = 0; i < 1_000; i++) {
            step.make(recorder, thread, i);
        }
    }
}
