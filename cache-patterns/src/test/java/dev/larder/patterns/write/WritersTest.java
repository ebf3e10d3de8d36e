package dev.larder.patterns.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.Entries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;

class WritersTest {

    private final Map<String, Integer> written = new TreeMap<>();
    private final List<Object> calls = new ArrayList<>();

    private final CacheWriter<String, Integer> single = Writers.of(this::put, this::remove);
    private final CacheWriter<String, Integer> bulk = Writers.bulk(this::putAll, this::removeAll);

    private void put(String key, Integer value) throws IOException {
        calls.add(key);
        if (value < 0) {
            throw new IOException("refused");
        }
        written.put(key, value);
    }

    private void remove(String key) throws IOException {
        calls.add(key);
        if (key.equals("kept")) {
            throw new IOException("refused");
        }
        written.remove(key);
    }

    private void putAll(Map<String, Integer> entries) throws IOException {
        calls.add(entries);
        if (entries.containsValue(-1)) {
            throw new IOException("refused");
        }
        written.putAll(entries);
    }

    private void removeAll(Collection<String> keys) throws IOException {
        calls.add(keys);
        if (keys.contains("kept")) {
            throw new IOException("refused");
        }
        written.keySet().removeAll(keys);
    }

    @Test
    void functionsWriteAndDelete() {
        single.write(Entries.entry("a", 1));
        single.write(Entries.entry("b", 2));
        single.delete("a");

        assertThat(written).isEqualTo(Map.of("b", 2));
    }

    @Test
    void bulkCallTakesWhatItDidFromItsCollection() {
        Collection<Cache.Entry<? extends String, ? extends Integer>> entries =
                Entries.of(new TreeMap<>(Map.of("a", 1, "b", 2)));

        single.writeAll(entries);

        assertThat(entries).isEmpty();
        assertThat(written).isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void failureLeavesExactlyWhatWasNotWritten() {
        Collection<Cache.Entry<? extends String, ? extends Integer>> entries =
                Entries.of(new TreeMap<>(Map.of("a", 1, "b", -1, "c", 3)));

        assertThatThrownBy(() -> single.writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessage("2 entries were not written")
                .hasRootCauseMessage("refused");

        assertThat(Entries.keys(entries)).containsExactly("b", "c");
        assertThat(written).isEqualTo(Map.of("a", 1));
        assertThat(calls).containsExactly("a", "b");
    }

    @Test
    void failureLeavesExactlyWhatWasNotDeleted() {
        written.putAll(Map.of("a", 1, "kept", 2, "z", 3));
        List<String> keys = new ArrayList<>(List.of("a", "kept", "z"));

        assertThatThrownBy(() -> single.deleteAll(keys)).hasMessage("2 entries were not deleted");

        assertThat(keys).containsExactly("kept", "z");
        assertThat(written).isEqualTo(Map.of("kept", 2, "z", 3));
    }

    @Test
    void bulkFunctionsAreCalledOnce() {
        Collection<Cache.Entry<? extends String, ? extends Integer>> entries = Entries.of(Map.of("a", 1, "b", 2));
        List<String> keys = new ArrayList<>(List.of("a", "b"));

        bulk.writeAll(entries);
        bulk.deleteAll(keys);

        assertThat(calls).hasSize(2);
        assertThat(entries).isEmpty();
        assertThat(keys).isEmpty();
        assertThat(written).isEmpty();
    }

    @Test
    void bulkFunctionDoesAllOrNothing() {
        Collection<Cache.Entry<? extends String, ? extends Integer>> entries = Entries.of(Map.of("a", 1, "b", -1));
        List<String> keys = new ArrayList<>(List.of("a", "kept"));

        assertThatThrownBy(() -> bulk.writeAll(entries)).hasMessage("2 entries were not written");
        assertThatThrownBy(() -> bulk.deleteAll(keys)).hasMessage("2 entries were not deleted");

        assertThat(entries).hasSize(2);
        assertThat(keys).hasSize(2);
    }

    @Test
    void bulkFunctionsTakeSinglesToo() {
        bulk.write(Entries.entry("a", 1));
        bulk.write(Entries.entry("b", 2));
        bulk.delete("a");

        assertThat(written).isEqualTo(Map.of("b", 2));
    }

    @Test
    void bulkFunctionsAreNotCalledForNothing() {
        bulk.writeAll(Entries.of(Map.of()));
        bulk.deleteAll(new ArrayList<>());

        assertThat(calls).isEmpty();
    }

    @Test
    void failureThatIsOneOfAWriterStaysAsItIs() {
        CacheWriterException failure = new CacheWriterException("mine");
        CacheWriter<String, Integer> writer = Writers.of(
                (key, value) -> {
                    throw failure;
                },
                key -> {
                    throw new InterruptedException();
                });

        assertThatThrownBy(() -> writer.write(Entries.entry("a", 1))).isSameAs(failure);
        assertThatThrownBy(() -> writer.delete("a")).hasMessage("1 entry was not deleted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
