package dev.larder.patterns.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.behind.RecordingWriter.Write;
import dev.larder.patterns.fixture.Entries;
import dev.larder.patterns.load.Loaders;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.cache.integration.CacheWriterException;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class JournalTest {

    @TempDir
    private Path folder;

    private final RecordingWriter database = new RecordingWriter();
    private final List<WriteBehind<String, Integer>> started = new ArrayList<>();
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("changes.mv");
    }

    @AfterEach
    void close() throws IOException {
        for (WriteBehind<String, Integer> behind : started) {
            behind.close();
        }
    }

    private WriteBehind<String, Integer> start(Journal<String, Integer> journal) {
        WriteBehind<String, Integer> behind = WriteBehind.to(database)
                .delay(Duration.ofHours(1))
                .closeWithin(Duration.ZERO)
                .journal(journal)
                .start();
        started.add(behind);
        return behind;
    }

    private WriteBehind<String, Integer> start() {
        return start(Journal.at(file, JournalCodec.strings(), JournalCodec.integers()));
    }

    private static void put(WriteBehind<String, Integer> behind, String key, int value) {
        behind.write(Entries.entry(key, value));
    }

    private static void flush(WriteBehind<String, Integer> behind) throws InterruptedException {
        assertThat(behind.flush(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void whatWasNotWrittenIsWrittenAfterARestart() throws Exception {
        WriteBehind<String, Integer> before = start();
        put(before, "b", 1);
        put(before, "a", 2);
        put(before, "b", 3);
        before.delete("c");
        before.close();
        assertThat(database.log).isEmpty();

        WriteBehind<String, Integer> after = start();
        assertThat(after.statistics().getRecovered()).isEqualTo(3);
        assertThat(after.reading(Loaders.of(key -> -1)).load("b")).isEqualTo(3);
        flush(after);

        assertThat(database.log)
                .containsExactlyInAnyOrder(
                        new Write("a", 2), new Write("b", 3), new Write("c", RecordingWriter.DELETED));
    }

    @Test
    void whatWasWrittenIsForgotten() throws Exception {
        WriteBehind<String, Integer> before = start();
        put(before, "a", 1);
        flush(before);
        put(before, "b", 2);
        before.close();

        assertThat(start().statistics().getRecovered()).isEqualTo(1);
    }

    @Test
    void changesAfterARestartAreTheLaterOnes() throws Exception {
        WriteBehind<String, Integer> before = start();
        for (int i = 0; i < 10; i++) {
            put(before, "a", i);
        }
        before.close();
        WriteBehind<String, Integer> after = start();
        put(after, "a", 10);
        flush(after);
        after.close();

        assertThat(database.log).containsExactly(new Write("a", 10));
        assertThat(start().statistics().getRecovered()).isZero();
    }

    @Test
    void whatIsRecoveredMayBeMoreThanTheCapacity() throws Exception {
        WriteBehind<String, Integer> before = start();
        for (int i = 0; i < 10; i++) {
            put(before, "key " + i, i);
        }
        before.close();

        try (WriteBehind<String, Integer> small = WriteBehind.to(database)
                .capacity(2)
                .journal(Journal.at(file, JournalCodec.strings(), JournalCodec.integers()))
                .start()) {
            put(small, "key 10", 10);
        }

        assertThat(database.rows).hasSize(11);
    }

    @Test
    void syncedJournalWorksAlike() throws Exception {
        Journal<String, Integer> synced = Journal.at(file, JournalCodec.strings(), JournalCodec.integers())
                .synced();
        WriteBehind<String, Integer> before = start(synced);
        put(before, "a", 1);
        before.close();

        assertThat(start(synced).statistics().getRecovered()).isEqualTo(1);
    }

    @Test
    void fileStaysSmall() throws Exception {
        WriteBehind<String, Integer> behind = start();
        for (int i = 0; i < 20_000; i++) {
            put(behind, "key " + i % 100, i);
            if (i % 1_000 == 0) {
                flush(behind);
            }
        }

        assertThat(Files.size(file)).isLessThan(4_000_000);
    }

    @Test
    void journalBelongsToOneAtATime() {
        WriteBehind<String, Integer> first = start();

        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessageContaining("cannot be opened; is it in use by another JVM?")
                .withMessageContaining(file.toString());
        put(first, "a", 1);
    }

    @Test
    void journalOfALaterVersionIsLeftAlone() {
        try (MVStore store = MVStore.open(file.toString())) {
            store.setStoreVersion(2);
        }

        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessageContaining("is of a later version: format 2");
    }

    @Test
    void changeThatCannotBeReadKeepsItFromStarting() throws Exception {
        WriteBehind<String, Integer> before = start();
        put(before, "a", 1);
        before.close();
        JournalCodec<Integer> other = JournalCodec.of(number -> new byte[0], bytes -> {
            throw new IllegalArgumentException("not mine");
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> start(Journal.at(file, JournalCodec.strings(), other)))
                .withMessageContaining("has a change that its codecs cannot read");

        assertThat(start().statistics().getRecovered()).isEqualTo(1);
    }

    @Test
    void changeThatCannotBeNotedIsRefused() throws Exception {
        JournalCodec<Integer> small = JournalCodec.of(
                number -> {
                    if (number > 9) {
                        throw new IllegalArgumentException("too large");
                    }
                    return new byte[] {number.byteValue()};
                },
                bytes -> (int) bytes[0]);
        WriteBehind<String, Integer> behind = start(Journal.at(file, JournalCodec.strings(), small));

        assertThatThrownBy(() -> put(behind, "a", 10))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("could not be noted in the journal");
        put(behind, "a", 9);
        flush(behind);

        assertThat(database.rows).isEqualTo(Map.of("a", 9));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileIsForItsOwnerAlone() throws IOException {
        start();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void folderThatIsNotThereIsAFailure() {
        file = folder.resolve("missing/changes.mv");

        assertThatThrownBy(this::start).hasMessageContaining("cannot be made");
    }

    private record Part(UUID id, LocalDate day) implements Serializable {}

    private record Whole(String name, List<Part> parts, Map<String, int[]> numbers) implements Serializable {}

    @Test
    void serialisedValuesAreReadIfTheirClassesAreListed() {
        Whole whole = new Whole("w", List.of(new Part(UUID.randomUUID(), LocalDate.EPOCH)), new HashMap<>());
        byte[] bytes = JournalCodec.serialized(Whole.class).encode(whole);

        assertThat(JournalCodec.serialized(Whole.class, Part.class).decode(bytes))
                .isEqualTo(whole);
        assertThatThrownBy(() -> JournalCodec.serialized(Whole.class).decode(bytes))
                .hasRootCauseMessage("filter status: REJECTED");
    }

    @Test
    void numbersAreReadAsTheyWere() {
        assertThat(JournalCodec.longs().decode(JournalCodec.longs().encode(Long.MIN_VALUE)))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(JournalCodec.integers().decode(JournalCodec.integers().encode(-7)))
                .isEqualTo(-7);
        assertThat(JournalCodec.strings().decode(JournalCodec.strings().encode("Ærø")))
                .isEqualTo("Ærø");
    }
}
