package dev.larder.jcache.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.codec.CodecException;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.concurrency.MapWriter;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.jcache.fixture.SharedHeap.Mood;
import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTraits;
import dev.larder.store.guard.OnStoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.CacheException;
import javax.cache.expiry.ExpiryPolicy;
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

    /** Whether the writer ends in an error. */
    private boolean isInDoubt;

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

    @ParameterizedTest
    @MethodSource({"whatCanDoWithoutAnswer", "whatNeedsAnAnswer"})
    void failureAfterTheWriterIsThrownIfTheStoreMayNotFail(Consumer<LarderCache<String, String>> change) {
        LarderCache<String, String> cache = make(OnStoreFailure.FAIL);
        for (Mood mood : List.of(Mood.DOWN, Mood.ANSWER_LOST)) {
            moodAfterWriting = Mood.WELL;
            cache.put("k", "old");
            moodAfterWriting = mood;

            Throwable failure = catchThrowable(() -> change.accept(cache));

            shared.turn(Mood.WELL);
            boolean isReplaced = !"old".equals(writer.database().get("k"));
            assertThat(failure instanceof CacheException).isEqualTo(isReplaced);
            assertThat(cache.get("k")).isEqualTo(isReplaced ? null : "old");
        }
    }

    static List<Consumer<LarderCache<String, String>>> changesOfSeveral() {
        return List.of(
                cache -> cache.putAll(Map.of("a", "new", "b", "new", "c", "new")),
                cache -> cache.removeAll(Set.of("a", "b", "c")));
    }

    @ParameterizedTest
    @MethodSource("changesOfSeveral")
    void noneOfTheOldValuesIsReadIfTheStoreMayNotFail(Consumer<LarderCache<String, String>> change) {
        LarderCache<String, String> cache = make(OnStoreFailure.FAIL);
        cache.putAll(Map.of("a", "old", "b", "old", "c", "old"));
        moodAfterWriting = Mood.DOWN;

        assertThatThrownBy(() -> change.accept(cache)).isInstanceOf(CacheException.class);

        shared.turn(Mood.WELL);
        maker.time().advance(Duration.ofSeconds(1));
        assertThat(writer.database()).doesNotContainValue("old");
        assertThat(cache.getAll(Set.of("a", "b", "c"))).isEmpty();
    }

    @Test
    void whatWasRemovedIsReturnedThoughTheStoreFailsAfterTheWriter() {
        LarderCache<String, String> cache = make(OnStoreFailure.DEGRADE);
        cache.put("k", "old");
        moodAfterWriting = Mood.DOWN;

        assertThat(cache.getAndRemove("k")).isEqualTo("old");
    }

    @ParameterizedTest
    @MethodSource("whatCanDoWithoutAnswer")
    void oldValueIsNotReadIfNobodyKnowsWhatTheWriterDid(Consumer<LarderCache<String, String>> change) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .store(shared)
                .maxStale(Duration.ofMinutes(1))
                .writer(new MapWriter<>(key -> {
                    if (isInDoubt) {
                        throw new StackOverflowError();
                    }
                })));
        cache.put("k", "old");
        shared.turn(Mood.DOWN);
        isInDoubt = true;

        assertThatThrownBy(() -> change.accept(cache)).isInstanceOfAny(StackOverflowError.class, CacheException.class);

        shared.turn(Mood.WELL);
        assertThat(cache.get("k")).isNull();
    }

    /** A policy that ends in an error when it is asked about an update. */
    private static final class BrokenPolicy implements ExpiryPolicy {

        @Override
        public javax.cache.expiry.Duration getExpiryForCreation() {
            return javax.cache.expiry.Duration.ONE_HOUR;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForUpdate() {
            throw new NoClassDefFoundError("com/acme/Lifetimes");
        }
    }

    @Test
    void oldValueIsNotReadIfTheExpiryPolicyEndsInAnError() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .store(shared)
                .maxStale(Duration.ofMinutes(1))
                .expiryPolicy(BrokenPolicy::new)
                .writer(writer));
        cache.put("k", "old");

        assertThatThrownBy(() -> cache.put("k", "new")).isInstanceOf(NoClassDefFoundError.class);

        assertThat(writer.database()).containsEntry("k", "new");
        assertThat(cache.get("k")).isNull();
    }

    /** Opens stores that cannot keep one value. */
    private static final class Picky implements StoreFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new ForwardingStore<>(context) {
                @Override
                public Outcome<V> write(K key, Change<V> change) {
                    if (change.action() == Change.Action.PUT && "huge".equals(change.value())) {
                        throw new CodecException("a value is too large; see \"maxValueSize\"");
                    }
                    return super.write(key, change);
                }

                @Override
                public StoreTraits traits() {
                    return new SharedHeap().traits();
                }
            };
        }
    }

    @ParameterizedTest
    @EnumSource(OnStoreFailure.class)
    void noneOfTheOldValuesIsReadIfOneOfTheNewCannotBecomeBytes(OnStoreFailure onFailure) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .store(new Picky())
                .maxStale(Duration.ofMinutes(1))
                .onStoreFailure(onFailure)
                .writer(writer));
        cache.putAll(Map.of("a", "old", "b", "old", "c", "old"));

        assertThatThrownBy(() -> cache.putAll(Map.of("a", "new", "b", "huge", "c", "new")))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("maxValueSize");

        assertThat(writer.database()).isEqualTo(Map.of("a", "new", "b", "huge", "c", "new"));
        assertThat(cache.getAll(Set.of("a", "b", "c")))
                .doesNotContainValue("old")
                .doesNotContainKey("b");
        assertThat(cache.putIfAbsent("b", "small"))
                .as("no lease is left behind")
                .isTrue();
    }
}
