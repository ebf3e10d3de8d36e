package dev.larder.jcache.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.HookedStore.Point;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Processors count while others change or lose the same entries. A value says in which generation it is the how-manieth:
 * whoever creates or replaces an entry begins a generation. So a processor that ran twice, or on what another had already
 * counted on, shows as a pair that came twice or is missing.
 */
@Timeout(600)
class InvokeAtomicityTest {

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    private final AtomicLong generations = new AtomicLong();
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong invocations = new AtomicLong();
    private final Map<Count, Boolean> returned = new ConcurrentHashMap<>();

    private record Count(long generation, long number) {}

    private final EntryProcessor<String, Count, Count> increment = (entry, arguments) -> {
        runs.incrementAndGet();
        Count found = entry.getValue();
        Count next = found == null ? newGeneration(1) : new Count(found.generation(), found.number() + 1);
        entry.setValue(next);
        return next;
    };

    private Count newGeneration(long number) {
        return new Count(generations.incrementAndGet(), number);
    }

    private void increment(Cache<String, Count> cache, String key) {
        invocations.incrementAndGet();
        note(cache.invoke(key, increment));
    }

    private void incrementAll(Cache<String, Count> cache, Set<String> keys) {
        invocations.addAndGet(keys.size());
        cache.invokeAll(keys, increment).values().stream()
                .map(EntryProcessorResult::get)
                .forEach(this::note);
    }

    private void note(Count count) {
        assertThat(returned.put(count, true)).as("%s came before", count).isNull();
    }

    private void assertThatNoIncrementIsLost() {
        assertThat(runs).hasValue(invocations.get());
        assertThat(returned).hasSize((int) invocations.get());
        assertThat(returned.keySet())
                .allMatch(count ->
                        count.number() == 1 || returned.containsKey(new Count(count.generation(), count.number() - 1)));
    }

    private void disturb(Cache<String, Count> cache, String key, int round) {
        switch (round % 11) {
            case 0 -> cache.put(key, newGeneration(0));
            case 1 -> cache.remove(key);
            case 2 -> cache.putIfAbsent(key, newGeneration(0));
            case 3 -> cache.replace(key, newGeneration(0));
            case 4 -> {
                Count found = cache.get(key);
                if (found != null && cache.replace(key, found, newGeneration(0))) {
                    cache.remove(key, found);
                }
            }
            case 5 -> cache.getAndPut(key, newGeneration(0));
            case 6 -> cache.getAndReplace(key, newGeneration(0));
            case 7 -> cache.putAll(Map.of(key, newGeneration(0), "other", newGeneration(0)));
            case 8 -> cache.getAndRemove(key);
            case 9 -> cache.removeAll(Set.of(key, "other"));
            default -> cache.forEach(entry -> assertThat(entry.getValue()).isNotNull());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void noIncrementIsLostWhateverOthersDoToTheKey(Way way) {
        Cache<String, Count> cache = way.open(caches, CacheSettings.builder(String.class, Count.class), "any");
        int rounds = Stress.rounds(10_000, 200_000);

        crew.race(6, thread -> {
            for (int i = 0; i < rounds; i++) {
                if (thread < 3) {
                    increment(cache, "k");
                } else if (thread == 3) {
                    incrementAll(cache, Set.of("k", "l"));
                } else {
                    disturb(cache, "k", i * thread);
                }
            }
        });

        assertThatNoIncrementIsLost();
    }

    @Test
    void noIncrementIsLostWhileTheFirstProcessorMeetsChangesUnderWay() {
        for (int i = 0; i < Stress.rounds(200, 10_000); i++) {
            Cache<String, Count> cache = caches.create(
                    CacheSettings.builder(String.class, Count.class).storeByReference());
            AtomicBoolean areCounted = new AtomicBoolean();

            crew.race(4, thread -> {
                if (thread < 2) {
                    try {
                        increment(cache, "k");
                        increment(cache, "k");
                    } finally {
                        areCounted.set(true);
                    }
                } else {
                    for (int round = thread; !areCounted.get(); round++) {
                        disturb(cache, "k", round);
                    }
                }
            });

            cache.close();
        }
        assertThatNoIncrementIsLost();
    }

    @Test
    void firstProcessorWaitsForAChangeThatIsUnderWay() {
        Holdup inStore = new Holdup();
        AtomicBoolean isHeldUp = new AtomicBoolean(true);
        Cache<String, Count> cache = caches.create(CacheSettings.builder(String.class, Count.class)
                .storeByReference()
                .store(HookedStore.with(point -> {
                    if (point == Point.BEFORE_PUT && isHeldUp.getAndSet(false)) {
                        inStore.stay();
                    }
                })));
        Task<Void> put = crew.run(() -> cache.put("k", new Count(7, 0)));
        inStore.awaitReached();

        Task<Count> processor = crew.start(() -> cache.invoke("k", increment));
        processor.awaitWaiting();
        assertThat(runs).hasValue(0);
        inStore.release();

        put.get();
        assertThat(processor.get()).isEqualTo(new Count(7, 1));
        assertThat(cache.get("k")).isEqualTo(new Count(7, 1));
    }

    @Test
    void changeWaitsForAProcessorAtWork() {
        Holdup atWork = new Holdup();
        Cache<String, Count> cache = caches.create(CacheSettings.builder(String.class, Count.class));
        Task<Count> processor = crew.start(() -> cache.invoke("k", (entry, arguments) -> {
            atWork.stay();
            Count count = new Count(1, 1);
            entry.setValue(count);
            return count;
        }));
        atWork.awaitReached();

        Task<Void> put = crew.run(() -> cache.put("k", new Count(2, 0)));
        Task<Boolean> putIfAbsent = crew.start(() -> cache.putIfAbsent("k", new Count(3, 0)));
        put.awaitWaiting();
        putIfAbsent.awaitWaiting();
        assertThat(cache.get("k")).isNull();
        atWork.release();

        processor.get();
        put.get();
        assertThat(putIfAbsent.get()).isFalse();
        assertThat(cache.get("k")).isEqualTo(new Count(2, 0));
    }

    @ParameterizedTest
    @MethodSource("smallBounds")
    void noIncrementIsLostWhileEntriesAreEvicted(long maximumSize) {
        Cache<String, Count> cache = caches.create(CacheSettings.builder(String.class, Count.class)
                .maximumSize(maximumSize)
                .statistics(true));
        int rounds = Stress.rounds(10_000, 200_000);

        crew.race(4, thread -> {
            for (int i = 0; i < rounds; i++) {
                if (thread < 3) {
                    increment(cache, "k" + (i * 31 + thread) % 40);
                } else {
                    disturb(cache, "k" + i % 40, i);
                }
            }
        });

        assertThatNoIncrementIsLost();
        assertThat(returned.keySet()).filteredOn(count -> count.number() == 1).hasSizeGreaterThan(100);
    }

    static Stream<Long> smallBounds() {
        return Stream.of(0L, 1L, 10L);
    }

    /** How entries expire while they are counted on. */
    @SuppressWarnings("ImmutableEnumChecker") // settings are made anew each time
    enum Lifetime {
        AFTER_WRITE {
            @Override
            CacheSettings.Builder<String, Count> settings() {
                return CacheSettings.builder(String.class, Count.class).expireAfterWrite(Duration.ofMillis(3));
            }
        },
        AFTER_CREATION {
            @Override
            CacheSettings.Builder<String, Count> settings() {
                return CacheSettings.builder(String.class, Count.class).expireAfterCreation(Duration.ofMillis(3));
            }
        },
        AFTER_ACCESS {
            @Override
            CacheSettings.Builder<String, Count> settings() {
                return CacheSettings.builder(String.class, Count.class).expireAfterAccess(Duration.ofMillis(3));
            }
        },
        AFTER_TOUCH {
            @Override
            CacheSettings.Builder<String, Count> settings() {
                return CacheSettings.builder(String.class, Count.class).expireAfterTouch(Duration.ofMillis(3));
            }
        },
        AT_ONCE {
            @Override
            CacheSettings.Builder<String, Count> settings() {
                return CacheSettings.builder(String.class, Count.class).expireAfterWrite(Duration.ZERO);
            }
        };

        abstract CacheSettings.Builder<String, Count> settings();
    }

    @ParameterizedTest
    @EnumSource(Lifetime.class)
    void noIncrementIsLostWhileEntriesExpire(Lifetime lifetime) {
        FakeTime time = new FakeTime();
        Cache<String, Count> cache = TestCaches.on(time).create(lifetime.settings());
        int rounds = Stress.rounds(10_000, 200_000);

        crew.race(4, thread -> {
            for (int i = 0; i < rounds; i++) {
                if (thread < 3) {
                    increment(cache, "k" + i % 3);
                } else {
                    disturb(cache, "k" + i % 3, i);
                }
                if (thread == 0 && i % 20 == 0) {
                    // by the count of the increments, so that entries expire however fast the machine is
                    time.advance(Duration.ofMillis(1));
                }
            }
        });

        assertThatNoIncrementIsLost();
        assertThat(returned.keySet()).filteredOn(count -> count.number() == 1).isNotEmpty();
    }
}
