package dev.larder.jcache.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.MapWriter;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.Way;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entry processors run once, one at a time for a key, and end no thread's progress. */
@Timeout(120)
class ProcessorPromisesTest {

    private static final int THREADS = 8;

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    /** How often a value was incremented since somebody put it. */
    private record Count(long put, long increments) {}

    private static final EntryProcessor<String, Long, Long> INCREMENT = (entry, arguments) -> {
        long next = entry.exists() ? entry.getValue() + 1 : 1;
        entry.setValue(next);
        return next;
    };

    @ParameterizedTest
    @EnumSource
    void noIncrementIsLost(Way way) {
        Cache<String, Long> cache = way.open(caches, CacheSettings.builder(String.class, Long.class), "any");
        int rounds = Stress.rounds(20_000, 100_000);

        crew.race(THREADS, thread -> IntStream.range(0, rounds).forEach(i -> cache.invoke("k", INCREMENT)));

        assertThat(cache.get("k")).isEqualTo((long) THREADS * rounds);
    }

    @ParameterizedTest
    @EnumSource
    void eachProcessorRunsOnceAndSeesWhatTheOneBeforeLeftThoughOthersPut(Way way) {
        Cache<String, Count> cache = way.open(caches, CacheSettings.builder(String.class, Count.class), "any");
        int rounds = Stress.rounds(10_000, 100_000);
        AtomicLong runs = new AtomicLong();
        AtomicLong puts = new AtomicLong();
        Map<Count, Boolean> seen = new ConcurrentHashMap<>();
        EntryProcessor<String, Count, Count> increment = (entry, arguments) -> {
            runs.incrementAndGet();
            Count count = entry.exists() ? entry.getValue() : new Count(0, 0);
            Count next = new Count(count.put(), count.increments() + 1);
            entry.setValue(next);
            return next;
        };

        crew.race(THREADS, thread -> {
            for (int i = 0; i < rounds; i++) {
                if (thread < THREADS / 2) {
                    assertThat(seen.put(cache.invoke("k", increment), true)).isNull();
                } else if (thread % 2 == 0) {
                    cache.put("k", new Count(puts.incrementAndGet(), 0));
                } else {
                    Count count = cache.get("k");
                    cache.replace("k", count == null ? new Count(0, 0) : count, new Count(puts.incrementAndGet(), 0));
                }
            }
        });

        assertThat(runs).hasValue((long) rounds * THREADS / 2);
        assertThat(seen).hasSize(rounds * THREADS / 2);
        assertThat(seen.keySet())
                .allMatch(count ->
                        count.increments() == 1 || seen.containsKey(new Count(count.put(), count.increments() - 1)));
    }

    @Test
    void theFirstProcessorMeetsNoChangeThatKnewNothingOfIt() {
        int caseCount = Stress.rounds(300, 10_000);
        for (int i = 0; i < caseCount; i++) {
            Cache<String, Long> cache = caches.create(CacheSettings.builder(String.class, Long.class));
            cache.put("k", 0L);
            AtomicInteger replaced = new AtomicInteger();

            crew.race(4, thread -> {
                if (thread == 0) {
                    cache.invoke("k", INCREMENT);
                    return;
                }
                for (int attempt = 0; attempt < 20; attempt++) {
                    long found = cache.get("k");
                    if (cache.replace("k", found, found + 1)) {
                        replaced.incrementAndGet();
                    }
                }
            });

            assertThat(cache.get("k")).isEqualTo(1L + replaced.get());
            cache.close();
        }
    }

    @Test
    void twoProcessorsThatTouchEachOthersKeyFailRatherThanWaitForEver() {
        Cache<String, Long> cache = caches.create(CacheSettings.builder(String.class, Long.class));
        CyclicBarrier bothInside = new CyclicBarrier(2);

        Task<Void> one = crew.run(() -> touchFromInside(cache, "a", "b", bothInside));
        Task<Void> other = crew.run(() -> touchFromInside(cache, "b", "a", bothInside));

        assertThat(Stream.of(one.failure(Duration.ofSeconds(1)), other.failure(Duration.ofSeconds(1))))
                .anySatisfy(failure -> assertThat(failure)
                        .isInstanceOf(CacheException.class)
                        .rootCause()
                        .hasMessageContaining("deadlock avoided"));
        assertThat(cache.invoke("a", INCREMENT)).isPositive();
        assertThat(cache.invoke("b", INCREMENT)).isPositive();
    }

    private static void touchFromInside(Cache<String, Long> cache, String own, String other, CyclicBarrier bothInside) {
        cache.invoke(own, (entry, arguments) -> {
            Crew.await(bothInside);
            cache.put(other, 1L);
            return null;
        });
    }

    @Test
    void aProcessorMustNotChangeItsOwnKeyThroughTheCacheButMayReadIt() {
        Cache<String, Long> cache = caches.create(CacheSettings.builder(String.class, Long.class));
        cache.put("k", 1L);

        assertThat(cache.<Long>invoke("k", (entry, arguments) -> cache.get("k")))
                .isEqualTo(1L);
        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    cache.put("k", 2L);
                    return null;
                }))
                .isInstanceOf(CacheException.class)
                .rootCause()
                .hasMessageContaining("use the entry that it was given");
        assertThat(cache.get("k")).isEqualTo(1L);
    }

    @Test
    void bulkWritesOfTheSameKeysInOppositeOrdersDoNotDeadlock() {
        MapWriter<String, Integer> writer = new MapWriter<>();
        Cache<String, Integer> cache =
                caches.create(CacheSettings.builder(String.class, Integer.class).writer(writer));
        // the first four have one hash code
        String[] keys = {"AaAa", "BBBB", "AaBB", "BBAa", "a", "b", "c", "d"};
        int rounds = Stress.rounds(1_000, 20_000);

        crew.race(4, thread -> {
            Map<String, Integer> entries = new LinkedHashMap<>();
            for (int i = 0; i < keys.length; i++) {
                entries.put(thread % 2 == 0 ? keys[i] : keys[keys.length - 1 - i], thread);
            }
            for (int round = 0; round < rounds; round++) {
                if (thread < 3) {
                    cache.putAll(entries);
                } else {
                    cache.removeAll(Set.of(keys));
                }
            }
        });

        for (String key : keys) {
            assertThat(cache.get(key)).as(key).isEqualTo(writer.database().get(key));
        }
    }
}
