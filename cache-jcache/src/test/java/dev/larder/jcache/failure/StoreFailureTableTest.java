package dev.larder.jcache.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.jcache.fixture.SharedHeap.Mood;
import dev.larder.store.StoreException;
import dev.larder.store.guard.OnStoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of {@code docs/failure.md}: what each operation of JCache does while its store fails, and what is read afterwards.
 * The key {@code k} had a value before.
 */
@Timeout(300)
class StoreFailureTableTest {

    private static final String OLD = "old";

    private static final EntryProcessor<String, String, String> SETTER = (entry, arguments) -> {
        entry.setValue("new");
        return null;
    };

    private static final EntryProcessor<String, String, String> REMOVER = (entry, arguments) -> {
        entry.remove();
        return null;
    };

    /** Returns the result of the one key, or throws what lies beneath. */
    private static Object resultOf(Map<String, EntryProcessorResult<String>> results) {
        try {
            return results.get("k").get();
        } catch (EntryProcessorException e) {
            throw (CacheException) e.getCause();
        }
    }

    private final CacheMaker maker = new CacheMaker();
    private final SharedHeap shared = new SharedHeap();

    @AfterEach
    void close() {
        maker.close();
    }

    /** What becomes of an operation without its store. */
    private enum Kind {
        /** It finds nothing. */
        MISSES,
        /** It is made good when the store is back. */
        REMEMBERED,
        /** It fails; if it may have been done all the same, its key is removed when the store is back. */
        FAILS,
        /** It fails, and whether it was done or not, it has replaced nothing. */
        FAILS_AND_REPLACES_NOTHING,
        /** It fails and changes nothing. */
        FAILS_TO_READ,
        /** It fails, and is made good all the same. */
        FAILS_AND_REMEMBERED
    }

    /** The operations, with what each answers if it does not fail. */
    private enum Operation {
        GET(Kind.MISSES, null, cache -> cache.get("k")),
        GET_ALL(Kind.MISSES, Map.of(), cache -> cache.getAll(Set.of("k"))),
        CONTAINS_KEY(Kind.MISSES, false, cache -> cache.containsKey("k")),
        PUT(Kind.REMEMBERED, null, run(cache -> cache.put("k", "new"))),
        PUT_WITH_TTL(Kind.REMEMBERED, null, run(cache -> cache.put("k", "new", Duration.ofSeconds(30)))),
        PUT_ALL(Kind.REMEMBERED, null, run(cache -> cache.putAll(Map.of("k", "new")))),
        REMOVE(Kind.REMEMBERED, false, cache -> cache.remove("k")),
        INVALIDATE(Kind.REMEMBERED, null, run(cache -> cache.invalidate("k"))),
        PUT_WITH_TAGS(Kind.REMEMBERED, null, run(cache -> cache.put("k", "new", Set.of("tag")))),
        INVALIDATE_ALL(Kind.REMEMBERED, null, run(cache -> cache.invalidateAll(Set.of("k")))),
        GET_AND_PUT(Kind.FAILS, null, cache -> cache.getAndPut("k", "new")),
        PUT_IF_ABSENT(Kind.FAILS_AND_REPLACES_NOTHING, null, cache -> cache.putIfAbsent("k", "new")),
        PUT_IF_ABSENT_WITH_TTL(
                Kind.FAILS_AND_REPLACES_NOTHING, null, cache -> cache.putIfAbsent("k", "new", Duration.ofSeconds(30))),
        REMOVE_IF_VALUE(Kind.FAILS, null, cache -> cache.remove("k", OLD)),
        GET_AND_REMOVE(Kind.FAILS, null, cache -> cache.getAndRemove("k")),
        REPLACE(Kind.FAILS, null, cache -> cache.replace("k", "new")),
        REPLACE_IF_VALUE(Kind.FAILS, null, cache -> cache.replace("k", OLD, "new")),
        GET_AND_REPLACE(Kind.FAILS, null, cache -> cache.getAndReplace("k", "new")),
        REMOVE_ALL_OF(Kind.FAILS, null, run(cache -> cache.removeAll(Set.of("k")))),
        INVOKE(Kind.FAILS_TO_READ, null, cache -> cache.invoke("k", SETTER)),
        INVOKE_TO_REMOVE(Kind.FAILS_TO_READ, null, cache -> cache.invoke("k", REMOVER)),
        INVOKE_ALL(Kind.FAILS_TO_READ, null, cache -> resultOf(cache.invokeAll(Set.of("k"), SETTER))),
        TOUCH(Kind.FAILS_TO_READ, null, cache -> cache.touch("k", Duration.ofSeconds(30))),
        REMOVE_ALL(Kind.FAILS_TO_READ, null, run(Cache::removeAll)),
        ITERATOR(Kind.FAILS_TO_READ, null, cache -> cache.iterator().hasNext()),
        CLEAR(Kind.FAILS_AND_REMEMBERED, null, run(Cache::clear));

        private final Kind kind;

        @SuppressWarnings("ImmutableEnumChecker") // null, false and an empty map
        private final Object answer;

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Function<LarderCache<String, String>, Object> call;

        Operation(Kind kind, Object answer, Function<LarderCache<String, String>, Object> call) {
            this.kind = kind;
            this.answer = answer;
            this.call = call;
        }

        private static Function<LarderCache<String, String>, Object> run(Consumer<LarderCache<String, String>> call) {
            return cache -> {
                call.accept(cache);
                return null;
            };
        }

        /** Does it, whatever comes of that. */
        void attempt(LarderCache<String, String> cache) {
            try {
                assertThat(call.apply(cache)).isNotEqualTo(OLD);
            } catch (CacheException e) {
                assertThat(e).hasCauseInstanceOf(StoreException.class);
            }
        }

        boolean fails(OnStoreFailure onFailure) {
            return onFailure == OnStoreFailure.FAIL || !(kind == Kind.MISSES || kind == Kind.REMEMBERED);
        }

        /** Returns what is read in this JVM when the store is back, with the answer lost or the question. */
        String readAfterwards(OnStoreFailure onFailure, Mood mood, boolean stock) {
            boolean changes =
                    kind != Kind.MISSES && kind != Kind.FAILS_TO_READ && kind != Kind.FAILS_AND_REPLACES_NOTHING;
            boolean remembered = onFailure == OnStoreFailure.DEGRADE
                    && (kind == Kind.REMEMBERED || kind == Kind.FAILS_AND_REMEMBERED);
            boolean mayHaveChanged = changes && mood == Mood.ANSWER_LOST && (stock || !LOOKING.contains(this));
            return remembered || mayHaveChanged ? null : OLD;
        }
    }

    /** What looks for the entry first to know which TTL a hand-written policy is to be asked for, and fails at that. */
    private static final Set<Operation> LOOKING = EnumSet.of(
            Operation.PUT,
            Operation.PUT_ALL,
            Operation.PUT_WITH_TAGS,
            Operation.GET_AND_PUT,
            Operation.PUT_IF_ABSENT,
            Operation.REMOVE_IF_VALUE,
            Operation.REPLACE,
            Operation.REPLACE_IF_VALUE,
            Operation.GET_AND_REPLACE);

    static Stream<Arguments> table() {
        List<Arguments> rows = new ArrayList<>();
        for (OnStoreFailure onFailure : OnStoreFailure.values()) {
            for (Mood mood : List.of(Mood.DOWN, Mood.ANSWER_LOST)) {
                for (Operation operation : Operation.values()) {
                    rows.add(Arguments.of(operation, onFailure, mood, true));
                    rows.add(Arguments.of(operation, onFailure, mood, false));
                }
            }
        }
        return rows.stream();
    }

    private LarderCache<String, String> make(OnStoreFailure onFailure, boolean stock) {
        Factory<ExpiryPolicy> policy =
                stock ? EternalExpiryPolicy.factoryOf() : new FactoryBuilder.SingletonFactory<>(new CountingPolicy());
        return maker.make(CacheMaker.strings()
                .expiryPolicy(policy)
                .store(shared)
                .maxStale(Duration.ofMinutes(1))
                .onStoreFailure(onFailure));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, stock policy: {3}")
    @MethodSource("table")
    void anOperationAnswersOrFails(Operation operation, OnStoreFailure onFailure, Mood mood, boolean stock) {
        LarderCache<String, String> cache = make(onFailure, stock);
        cache.put("k", OLD);
        shared.turn(mood);

        if (operation.fails(onFailure)) {
            assertThatThrownBy(() -> operation.call.apply(cache))
                    .isExactlyInstanceOf(CacheException.class)
                    .hasMessageContaining("cache \"" + cache.getName() + "\"")
                    .hasCauseInstanceOf(StoreException.class);
        } else {
            assertThat(operation.call.apply(cache)).isEqualTo(operation.answer);
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, stock policy: {3}")
    @MethodSource("table")
    void whenTheStoreIsBackNoReplacedValueIsRead(
            Operation operation, OnStoreFailure onFailure, Mood mood, boolean stock) {
        LarderCache<String, String> cache = make(onFailure, stock);
        cache.put("k", OLD);
        shared.turn(mood);
        operation.attempt(cache);

        shared.turn(Mood.WELL);

        assertThat(cache.get("k")).isEqualTo(operation.readAfterwards(onFailure, mood, stock));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, stock policy: {3}")
    @MethodSource("table")
    void whatIsPendingIsGoneElsewhereSoonAfter(
            Operation operation, OnStoreFailure onFailure, Mood mood, boolean stock) {
        LarderCache<String, String> cache = make(onFailure, stock);
        cache.put("k", OLD);
        shared.turn(mood);
        operation.attempt(cache);

        shared.turn(Mood.WELL);
        maker.time().advance(Duration.ofSeconds(2));

        assertThat(shared.readElsewhere("k")).isEqualTo(operation.readAfterwards(onFailure, mood, stock));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, stock policy: {3}")
    @MethodSource("table")
    void theCacheIsAsGoodAsNewWhenTheStoreIsBack(
            Operation operation, OnStoreFailure onFailure, Mood mood, boolean stock) {
        LarderCache<String, String> cache = make(onFailure, stock);
        shared.turn(mood);
        for (int i = 0; i < 10; i++) {
            operation.attempt(cache);
        }

        shared.turn(Mood.WELL);
        maker.time().advance(Duration.ofSeconds(2));
        cache.put("k", "newest");

        assertThat(cache.get("k")).isEqualTo("newest");
        assertThat(cache.putIfAbsent("k", "other")).isFalse();
        assertThat(new HashMap<>(cache.getAll(Set.of("k")))).isEqualTo(Map.of("k", "newest"));
    }
}
