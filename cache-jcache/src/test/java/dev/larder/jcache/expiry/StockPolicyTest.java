package dev.larder.jcache.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** To the millisecond: after 40 of 100 ms something happens, and the entry lives until 100 or until 140. */
@Timeout(300)
class StockPolicyTest {

    private static final Duration BEFORE = Duration.ofMillis(40);
    private static final Duration REST = Duration.ofMillis(60);
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final CacheMaker maker = new CacheMaker();

    @AfterEach
    void close() {
        maker.close();
    }

    /** The five classes of the standard, and what moves the deadline they set. */
    enum Policy {
        ETERNAL(EternalExpiryPolicy.factoryOf(), false, false),
        CREATED(CreatedExpiryPolicy.factoryOf(hundred()), false, false),
        MODIFIED(ModifiedExpiryPolicy.factoryOf(hundred()), false, true),
        ACCESSED(AccessedExpiryPolicy.factoryOf(hundred()), true, false),
        TOUCHED(TouchedExpiryPolicy.factoryOf(hundred()), true, true);

        @SuppressWarnings("ImmutableEnumChecker") // the standard's factories do not change
        private final Factory<ExpiryPolicy> factory;

        private final boolean movesOnAccess;
        private final boolean movesOnUpdate;

        Policy(Factory<ExpiryPolicy> factory, boolean movesOnAccess, boolean movesOnUpdate) {
            this.factory = factory;
            this.movesOnAccess = movesOnAccess;
            this.movesOnUpdate = movesOnUpdate;
        }

        private static javax.cache.expiry.Duration hundred() {
            return new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 100);
        }
    }

    /** What an operation is to a present entry. */
    enum Kind {
        NOTHING,
        ACCESS,
        UPDATE
    }

    private static Arguments operation(String name, Kind kind, Consumer<LarderCache<String, String>> operation) {
        return Arguments.of(name, kind, operation);
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                operation("get", Kind.ACCESS, cache -> cache.get("k")),
                operation("getAll", Kind.ACCESS, cache -> cache.getAll(Set.of("k"))),
                operation(
                        "iterator.next", Kind.ACCESS, cache -> cache.iterator().next()),
                operation("refused replace", Kind.ACCESS, cache -> cache.replace("k", "x", "w")),
                operation("refused remove", Kind.ACCESS, cache -> cache.remove("k", "x")),
                operation("invoke that reads", Kind.ACCESS, cache -> cache.invoke("k", (entry, a) -> entry.getValue())),
                operation("containsKey", Kind.NOTHING, cache -> cache.containsKey("k")),
                operation(
                        "iterator.hasNext",
                        Kind.NOTHING,
                        cache -> assertThat(cache.iterator().hasNext()).isTrue()),
                operation("refused putIfAbsent", Kind.NOTHING, cache -> cache.putIfAbsent("k", "w")),
                operation(
                        "invoke that asks if it exists",
                        Kind.NOTHING,
                        cache -> cache.invoke("k", (entry, a) -> entry.exists())),
                operation("put", Kind.UPDATE, cache -> cache.put("k", "w")),
                operation("getAndPut", Kind.UPDATE, cache -> cache.getAndPut("k", "w")),
                operation("putAll", Kind.UPDATE, cache -> cache.putAll(Map.of("k", "w"))),
                operation("replace", Kind.UPDATE, cache -> cache.replace("k", "w")),
                operation("replace of a value", Kind.UPDATE, cache -> cache.replace("k", "v", "w")),
                operation("getAndReplace", Kind.UPDATE, cache -> cache.getAndReplace("k", "w")),
                operation(
                        "invoke that sets",
                        Kind.UPDATE,
                        cache -> cache.invoke("k", (entry, a) -> {
                            entry.setValue("w");
                            return null;
                        })),
                operation(
                        "invoke that reads and sets",
                        Kind.UPDATE,
                        cache -> cache.invoke("k", (entry, a) -> {
                            entry.setValue(entry.getValue() + "w");
                            return null;
                        })));
    }

    static Stream<Arguments> operationsByPolicy() {
        return Stream.of(Policy.values())
                .flatMap(policy -> operations()
                        .map(operation -> Arguments.of(
                                policy,
                                operation.get()[0],
                                operation.get()[1],
                                operation.get()[2])));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("operationsByPolicy")
    void operationMovesTheDeadlineAsThePolicySays(
            Policy policy, String name, Kind kind, Consumer<LarderCache<String, String>> operation) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().expiryPolicy(policy.factory));
        cache.put("k", "v");
        maker.time().advance(BEFORE);

        operation.accept(cache);

        boolean moves = (kind == Kind.ACCESS && policy.movesOnAccess) || (kind == Kind.UPDATE && policy.movesOnUpdate);
        maker.time().advance(REST.minus(MILLISECOND));
        assertThat(cache.containsKey("k")).as("just before the first deadline").isTrue();
        maker.time().advance(MILLISECOND);
        assertThat(cache.containsKey("k")).as("at the first deadline").isEqualTo(moves || policy == Policy.ETERNAL);
        maker.time().advance(BEFORE.minus(MILLISECOND));
        assertThat(cache.containsKey("k")).as("just before the second").isEqualTo(moves || policy == Policy.ETERNAL);
        maker.time().advance(MILLISECOND);
        assertThat(cache.containsKey("k")).as("at the second").isEqualTo(policy == Policy.ETERNAL);
        assertThat(cache.estimatedSize()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void deadEntryIsAbsentToEveryOperation(Policy policy) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().expiryPolicy(policy.factory));
        if (policy == Policy.ETERNAL) {
            cache.put("k", "v", Duration.ofMillis(100));
        } else {
            cache.put("k", "v");
        }

        // the timer's thread is starved: the entry is still there, and dead
        maker.time().skip(Duration.ofMillis(100));

        assertThat(cache.estimatedSize()).isEqualTo(1);
        assertThat(cache.get("k")).isNull();
        assertThat(cache.getAll(Set.of("k"))).isEmpty();
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.iterator().hasNext()).isFalse();
        assertThat(cache.replace("k", "w")).isFalse();
        assertThat(cache.replace("k", "v", "w")).isFalse();
        assertThat(cache.getAndReplace("k", "w")).isNull();
        assertThat(cache.remove("k")).isFalse();
        assertThat(cache.remove("k", "v")).isFalse();
        assertThat(cache.getAndRemove("k")).isNull();
        assertThat(cache.touch("k", Duration.ofDays(1))).isFalse();
        boolean exists = cache.invoke("k", (entry, a) -> entry.exists());
        assertThat(exists).isFalse();
        String value = cache.invoke("k", (entry, a) -> entry.getValue());
        assertThat(value).isNull();
        assertThat(cache.getAndPut("k", "w")).isNull();
        assertThat(cache.get("k")).isEqualTo("w");
    }

    @ParameterizedTest
    @EnumSource(value = Policy.class, names = "ETERNAL", mode = EnumSource.Mode.EXCLUDE)
    void deadEntriesLeaveMemoryUntouched(Policy policy) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().expiryPolicy(policy.factory));
        for (int i = 0; i < 1_000; i++) {
            cache.put("k" + i, "v");
        }
        assertThat(cache.estimatedSize()).isEqualTo(1_000);

        maker.time().advance(Duration.ofMillis(100));

        assertThat(cache.estimatedSize()).isZero();
    }

    @Test
    void entriesOfDifferentLifetimesLeaveWithinASecondOfTheirDeadline() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        cache.put("a", "1", Duration.ofSeconds(10));
        cache.put("b", "2", Duration.ofSeconds(1));
        cache.put("c", "3", Duration.ofMillis(1_500));
        cache.put("d", "4");

        maker.time().advance(Duration.ofSeconds(1));
        assertThat(cache.estimatedSize()).isEqualTo(3);
        maker.time().advance(Duration.ofSeconds(1));
        assertThat(cache.estimatedSize()).isEqualTo(2);
        maker.time().advance(Duration.ofSeconds(8));
        assertThat(cache.estimatedSize()).isEqualTo(1);
        maker.time().advance(Duration.ofDays(365));
        assertThat(cache.get("d")).isEqualTo("4");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("zeros")
    void zeroDurationStoresNothing(String name, Factory<ExpiryPolicy> factory) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().expiryPolicy(factory));

        cache.put("a", "1");
        cache.putAll(Map.of("b", "2"));
        assertThat(cache.getAndPut("c", "3")).isNull();
        assertThat(cache.putIfAbsent("d", "4")).isFalse();
        cache.invoke("e", (entry, a) -> {
            entry.setValue("5");
            return null;
        });

        assertThat(cache).isEmpty();
        assertThat(cache.estimatedSize()).isZero();
    }

    static Stream<Arguments> zeros() {
        javax.cache.expiry.Duration zero = javax.cache.expiry.Duration.ZERO;
        return Stream.of(
                Arguments.of("created", CreatedExpiryPolicy.factoryOf(zero)),
                Arguments.of("modified", ModifiedExpiryPolicy.factoryOf(zero)),
                Arguments.of("accessed", AccessedExpiryPolicy.factoryOf(zero)),
                Arguments.of("touched", TouchedExpiryPolicy.factoryOf(zero)));
    }

    @Test
    void entryThatExpiresDuringAnIterationIsNotMet() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        cache.put("a", "1", Duration.ofSeconds(1));
        cache.put("b", "2", Duration.ofSeconds(1));
        var iterator = cache.iterator();
        iterator.next();

        maker.time().skip(Duration.ofSeconds(1));

        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void entryThatWasAnnouncedIsGivenThoughItExpires() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        cache.put("a", "1", Duration.ofSeconds(1));
        var iterator = cache.iterator();
        assertThat(iterator.hasNext()).isTrue();

        maker.time().skip(Duration.ofSeconds(1));

        assertThat(iterator.next().getValue()).isEqualTo("1");
        assertThat(cache.containsKey("a")).isFalse();
    }
}
