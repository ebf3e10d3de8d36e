package dev.larder.patterns.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a JVM in the middle of its writes, again and again: with a journal no acknowledged write is lost, and none comes after a later one of its key. */
@Tag("outage")
class KilledJvmTest {

    private static final int ROUNDS = Boolean.getBoolean("larder.stress") ? 200 : 10;

    private static final Pattern LINE = Pattern.compile("(key-\\d+) (\\d+)");

    private final Random random = new Random();

    @TempDir
    private Path folder;

    /** Runs the program, and kills it some milliseconds after its first acknowledgement. Returns the last acknowledged value of each key. */
    private Map<String, Integer> runAndKill(String journal, Path database) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        journal,
                        database.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader acknowledgements =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            String first = acknowledgements.readLine();
            assertThat(first).as("the program wrote something").isNotNull();
            killLater(victim, random.nextInt(200));
            Map<String, Integer> acknowledged = new HashMap<>();
            for (String line = first; line != null; line = acknowledgements.readLine()) {
                note(line, acknowledged);
            }
            assertThat(victim.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return acknowledged;
        } finally {
            victim.destroyForcibly();
        }
    }

    private static void killLater(Process victim, int millis) {
        Thread killer = new Thread(() -> {
            try {
                victim.waitFor(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // not victim.destroyForcibly(): that closes the pipe, and what is still in it counts
            victim.toHandle().destroyForcibly();
        });
        killer.setDaemon(true);
        killer.start();
    }

    /** Notes a whole line; the last one may have been cut. */
    private static void note(String line, Map<String, Integer> values) {
        Matcher whole = LINE.matcher(line);
        if (whole.matches()) {
            values.put(whole.group(1), Integer.valueOf(whole.group(2)));
        }
    }

    private static void dropLineThatWasCut(Path database) throws IOException {
        String lines = Files.readString(database);
        Files.writeString(database, lines.substring(0, lines.lastIndexOf('\n') + 1));
    }

    private static Map<String, Integer> rowsInOrder(Path database) throws IOException {
        Map<String, Integer> rows = new HashMap<>();
        for (String line : Files.readAllLines(database)) {
            Map<String, Integer> row = new HashMap<>();
            note(line, row);
            row.forEach((key, value) -> {
                assertThat(value).as("value after that of %s", key).isGreaterThanOrEqualTo(rows.getOrDefault(key, 0));
                rows.put(key, value);
            });
        }
        return rows;
    }

    private void round(int number, boolean withJournal) throws IOException, InterruptedException {
        String journal = withJournal ? folder.resolve("journal-" + number).toString() : "none";
        Path database = folder.resolve("database-" + number);
        Map<String, Integer> acknowledged = runAndKill(journal, database);
        dropLineThatWasCut(database);

        try (WriteBehind<String, Integer> next = Victim.start(journal, database)) {
            assertThat(next.flush(Duration.ofSeconds(60))).isTrue();
        }

        Map<String, Integer> rows = rowsInOrder(database);
        acknowledged.forEach((key, value) -> assertThat(rows.getOrDefault(key, 0))
                .as("the last value of %s", key)
                .isGreaterThanOrEqualTo(value));
    }

    @Test
    @Timeout(1_800)
    void noAcknowledgedWriteIsLost() throws Exception {
        for (int number = 0; number < ROUNDS; number++) {
            round(number, true);
        }
    }

    /** Otherwise the test above might never have anything to lose. */
    @Test
    @Timeout(600)
    void withoutAJournalWritesAreLost() {
        assertThatThrownBy(() -> {
                    for (int number = 0; number < 20; number++) {
                        round(number, false);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the last value of key-");
    }
}
