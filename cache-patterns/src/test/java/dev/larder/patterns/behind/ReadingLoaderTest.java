package dev.larder.patterns.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.Entries;
import dev.larder.patterns.load.Loaders;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ReadingLoaderTest {

    private final RecordingWriter database = new RecordingWriter();
    private final WriteBehind<String, Integer> behind = WriteBehind.to(database)
            .delay(Duration.ofHours(1))
            .closeWithin(Duration.ZERO)
            .start();
    private final List<Set<String>> asked = new ArrayList<>();
    private Runnable whileReading = () -> {};
    private final CacheLoader<String, Integer> loader = behind.reading(Loaders.bulk(this::query));

    private Map<String, Integer> query(Set<String> keys) {
        asked.add(keys);
        Map<String, Integer> found = new HashMap<>(database.rows);
        found.keySet().retainAll(keys);
        whileReading.run();
        return found;
    }

    @AfterEach
    void close() throws IOException {
        behind.close();
    }

    private void put(String key, int value) {
        behind.write(Entries.entry(key, value));
    }

    @Test
    void queuedChangesAreRead() {
        database.rows.putAll(Map.of("a", 1, "b", 1, "c", 1));
        put("a", 2);
        behind.delete("b");

        assertThat(loader.load("a")).isEqualTo(2);
        assertThat(loader.load("b")).isNull();
        assertThat(loader.load("c")).isEqualTo(1);
        assertThat(loader.loadAll(List.of("a", "b", "c", "d"))).isEqualTo(Map.of("a", 2, "c", 1));
        assertThat(asked).containsExactly(Set.of("c"), Set.of("c", "d"));
    }

    @Test
    void databaseIsNotAskedForWhatIsQueued() {
        put("a", 2);

        assertThat(loader.loadAll(List.of("a"))).isEqualTo(Map.of("a", 2));
        assertThat(asked).isEmpty();
    }

    @Test
    void changeThatIsQueuedWhileTheDatabaseIsReadCounts() {
        database.rows.putAll(Map.of("a", 1, "b", 1));
        whileReading = () -> {
            put("a", 2);
            behind.delete("b");
        };

        assertThat(loader.load("a")).isEqualTo(2);
        assertThat(loader.loadAll(List.of("b"))).isEmpty();
    }

    @Test
    void changeThatIsQueuedAndWrittenWhileTheDatabaseIsReadCounts() {
        database.rows.put("a", 1);
        whileReading = () -> {
            put("a", 2);
            flush();
        };

        assertThat(loader.load("a")).isEqualTo(2);
        assertThat(database.rows).isEqualTo(Map.of("a", 2));
    }

    private void flush() {
        try {
            assertThat(behind.flush(Duration.ofSeconds(60))).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void changeThatWasWrittenBeforeIsReadFromTheDatabase() {
        put("a", 1);
        flush();
        database.rows.put("a", 5);

        assertThat(loader.load("a")).isEqualTo(5);
    }

    @Test
    void failureOfTheLoaderIsPassedOn() {
        whileReading = () -> {
            throw new IllegalStateException("down");
        };

        assertThatThrownBy(() -> loader.load("a")).isInstanceOf(CacheLoaderException.class);
        assertThatThrownBy(() -> loader.loadAll(List.of("a"))).isInstanceOf(CacheLoaderException.class);
    }
}
