package dev.larder.jcache.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.concurrency.MapWriter;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.jcache.fixture.SharedHeap.Mood;
import dev.larder.store.guard.OnStoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Write-through while the store fails: before the writer is called, and after. */
class WriteThroughFailureTest {

    private final CacheMaker maker = new CacheMaker();
    private final SharedHeap shared = new SharedHeap();

    /** What the store does from the moment the writer is called. */
    private Mood moodAfterWriting = Mood.WELL;

    private final MapWriter<String, String> writer = new MapWriter<>(key -> shared.turn(moodAfterWriting));

    @AfterEach
    void close() {
        maker.close();
    }

    private LarderCache<String, String> make(OnStoreFailure onFailure) {
        return maker.make(CacheMaker.strings()
                .store(shared)
                .maxStale(Duration.ofMinutes(1))
                .onStoreFailure(onFailure)
                .writer(writer));
    }

    static List<Consumer<LarderCache<String, String>>> whatCanDoWithoutAnswer() {
        return List.of(
                cache -> cache.put("k", "new"),
                cache -> cache.put("k", "new", Duration.ofSeconds(30)),
                cache -> cache.putAll(Map.of("k", "new")),
                cache -> cache.remove("k"));
    }

    static List<Consumer<LarderCache<String, String>>> whatNeedsAnAnswer() {
        return List.of(
                cache -> cache.getAndPut("k", "new"),
                cache -> cache.putIfAbsent("k", "new"),
                cache -> cache.replace("k", "new"),
                cache -> cache.replace("k", "old", "new"),
                cache -> cache.getAndRemove("k"),
                cache -> cache.remove("k", "old"),
                cache -> cache.removeAll(Set.of("k")),
                cache -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue("new");
                    return null;
                }));
    }

    @ParameterizedTest
    @MethodSource("whatCanDoWithoutAnswer")
    void writerIsCalledWithoutTheStoreAndTheEntryGoes(Consumer<LarderCache<String, String>> change) {
        LarderCache<String, String> cache = make(OnStoreFailure.DEGRADE);
        cache.put("k", "old");
        shared.turn(Mood.DOWN);
        moodAfterWriting = Mood.DOWN;

        change.accept(cache);

        assertThat(writer.database().get("k")).isNotEqualTo("old");
        shared.turn(Mood.WELL);
        assertThat(cache.get("k")).isNull();
    }

    @ParameterizedTest
    @MethodSource("whatNeedsAnAnswer")
    void writerIsNotCalledForWhatNeedsTheStore(Consumer<LarderCache<String, String>> change) {
        LarderCache<String, String> cache = make(OnStoreFailure.DEGRADE);
        cache.put("k", "old");
        shared.turn(Mood.DOWN);

        assertThatThrownBy(() -> change.accept(cache)).isInstanceOf(CacheException.class);

        assertThat(writer.database()).containsEntry("k", "old");
        shared.turn(Mood.WELL);
        assertThat(cache.get("k")).isEqualTo("old");
    }

    @ParameterizedTest
    @MethodSource({"whatCanDoWithoutAnswer", "whatNeedsAnAnswer"})
    void writerIsNotCalledIfTheStoreMayNotFail(Consumer<LarderCache<String, String>> change) {
        LarderCache<String, String> cache = make(OnStoreFailure.FAIL);
        cache.put("k", "old");
        shared.turn(Mood.DOWN);

        assertThatThrownBy(() -> change.accept(cache)).isInstanceOf(CacheException.class);

        assertThat(writer.database()).containsEntry("k", "old");
    }

    @ParameterizedTest
    @MethodSource({"whatCanDoWithoutAnswer", "whatNeedsAnAnswer"})
    void oldValueIsNotReadIfTheStoreFailsAfterTheWriter(Consumer<LarderCache<String, String>> change) {
        LarderCache<String, String> cache = make(OnStoreFailure.DEGRADE);
        cache.put("k", "old");
        moodAfterWriting = Mood.DOWN;

        change.accept(cache);

        shared.turn(Mood.WELL);
        boolean isReplaced = !"old".equals(writer.database().get("k"));
        assertThat(cache.get("k")).isEqualTo(isReplaced ? null : "old");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"DOWN", "ANSWER_LOST"})
    void valueOfALostAnswerIsNeverTheOldOne(Mood mood) {
        LarderCache<String, String> cache = make(OnStoreFailure.DEGRADE);
        cache.put("k", "old");
        moodAfterWriting = mood;

        cache.put("k", "new");

        shared.turn(Mood.WELL);
        assertThat(cache.get("k")).isNull();
        assertThat(writer.database()).containsEntry("k", "new");
    }

    @Test
    void failureAfterTheWriterIsThrownIfTheStoreMayNotFail() {
        LarderCache<String, String> cache = make(OnStoreFailure.FAIL);
        cache.put("k", "old");
        moodAfterWriting = Mood.ANSWER_LOST;

        assertThatThrownBy(() -> cache.put("k", "new")).isInstanceOf(CacheException.class);

        shared.turn(Mood.WELL);
        assertThat(cache.get("k")).isNull();
    }
}
