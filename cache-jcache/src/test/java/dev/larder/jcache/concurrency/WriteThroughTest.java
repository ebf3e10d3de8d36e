package dev.larder.jcache.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cache and what its writer wrote say the same, whoever writes at once and whatever fails. */
@Timeout(600)
class WriteThroughTest {

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    /** A cache with a writer, and one thing more. */
    enum Kind {
        PLAIN,
        LISTENED,
        OWN_EXPIRY,
        BY_REFERENCE;

        Cache<String, Integer> open(TestCaches caches, MapWriter<String, Integer> writer) {
            CacheSettings.Builder<String, Integer> settings =
                    CacheSettings.builder(String.class, Integer.class).writer(writer);
            return switch (this) {
                case PLAIN -> caches.create(settings);
                case BY_REFERENCE -> caches.create(settings.storeByReference());
                case LISTENED -> Way.LISTENED.open(caches, settings, "any");
                case OWN_EXPIRY -> Way.OWN_EXPIRY.open(caches, settings, "any");
            };
        }
    }

    private static String nameOf(Random random) {
        int number = random.nextInt(50);
        // a few of them have one hash code
        return number < 4 ? List.of("AaAa", "AaBB", "BBAa", "BBBB").get(number) : "k" + number;
    }

    private static Set<String> namesOf(Random random) {
        List<String> names = new ArrayList<>();
        IntStream.range(0, 1 + random.nextInt(10)).forEach(i -> names.add(nameOf(random)));
        Collections.shuffle(names, random);
        return new LinkedHashSet<>(names);
    }

    private static void changeSomething(Cache<String, Integer> cache, Random random, int value) {
        String key = nameOf(random);
        switch (random.nextInt(13)) {
            case 0 -> cache.put(key, value);
            case 1 -> cache.getAndPut(key, value);
            case 2 -> cache.putIfAbsent(key, value);
            case 3 -> cache.replace(key, value);
            case 4 -> cache.replace(key, cache.containsKey(key) ? cache.get(key) : 0, value);
            case 5 -> cache.getAndReplace(key, value);
            case 6 -> cache.remove(key);
            case 7 -> cache.remove(key, cache.containsKey(key) ? cache.get(key) : 0);
            case 8 -> cache.getAndRemove(key);
            case 9 -> {
                Map<String, Integer> entries = new LinkedHashMap<>();
                namesOf(random).forEach(name -> entries.put(name, value));
                cache.putAll(entries);
            }
            case 10 -> cache.removeAll(namesOf(random));
            case 11 ->
                cache.invoke(key, (entry, arguments) -> {
                    entry.setValue(value);
                    return null;
                });
            default ->
                cache.invoke(key, (entry, arguments) -> {
                    entry.remove();
                    return null;
                });
        }
    }

    private static Map<String, Integer> contentOf(Cache<String, Integer> cache) {
        Map<String, Integer> content = new HashMap<>();
        cache.forEach(entry -> content.put(entry.getKey(), entry.getValue()));
        return content;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void cacheAndDatabaseAgreeAfterManyWritersOfWhichSomeFail(Kind kind) {
        AtomicInteger failures = new AtomicInteger();
        AtomicInteger writes = new AtomicInteger();
        MapWriter<String, Integer> writer = new MapWriter<>(key -> {
            if (writes.incrementAndGet() % 7 == 0) {
                failures.incrementAndGet();
                throw new IllegalStateException("database is busy");
            }
        });
        Cache<String, Integer> cache = kind.open(caches, writer);
        int rounds = Stress.rounds(4_000, 400_000);

        crew.race(4, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < rounds; i++) {
                try {
                    changeSomething(cache, random, i * 4 + thread);
                } catch (CacheWriterException | EntryProcessorException | NullPointerException e) {
                    // the writer failed, or the value was gone when it was to be compared
                }
            }
        });

        assertThat(failures).hasPositiveValue();
        assertThat(contentOf(cache)).isEqualTo(writer.database()).isNotEmpty();
    }

    /** Changes of one entry, each of which the writer may refuse. */
    @SuppressWarnings("ImmutableEnumChecker") // the changes keep nothing
    enum SingleChange {
        PUT((cache, key) -> {
            cache.put(key, 2);
            return null;
        }),
        GET_AND_PUT((cache, key) -> cache.getAndPut(key, 2)),
        REPLACE((cache, key) -> cache.replace(key, 2)),
        REPLACE_EXPECTED((cache, key) -> cache.replace(key, 1, 2)),
        GET_AND_REPLACE((cache, key) -> cache.getAndReplace(key, 2)),
        REMOVE((cache, key) -> cache.remove(key)),
        REMOVE_EXPECTED((cache, key) -> cache.remove(key, 1)),
        GET_AND_REMOVE((cache, key) -> cache.getAndRemove(key)),
        INVOKE_SET((cache, key) -> cache.invoke(key, (entry, arguments) -> {
            entry.setValue(2);
            return null;
        })),
        INVOKE_REMOVE((cache, key) -> cache.invoke(key, (entry, arguments) -> {
            entry.remove();
            return null;
        }));

        private final BiFunction<Cache<String, Integer>, String, Object> change;

        SingleChange(BiFunction<Cache<String, Integer>, String, Object> change) {
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource(SingleChange.class)
    void changeThatTheWriterRefusesLeavesTheEntryAsItIs(SingleChange single) {
        AtomicInteger allowed = new AtomicInteger(1);
        MapWriter<String, Integer> writer = new MapWriter<>(key -> {
            if (allowed.getAndDecrement() <= 0) {
                throw new IllegalStateException("database is read-only");
            }
        });
        Cache<String, Integer> cache = Kind.PLAIN.open(caches, writer);
        cache.put("k", 1);

        assertThatThrownBy(() -> single.change.apply(cache, "k"))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining(cache.getName())
                .hasRootCauseMessage("database is read-only");

        assertThat(cache.get("k")).isEqualTo(1);
        assertThat(crew.start(() -> {
                            allowed.set(1);
                            cache.put("k", 3);
                            return cache.get("k");
                        })
                        .get())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void putAllThatFailsHalfwayStoresWhatWasWritten(Kind kind) {
        AtomicInteger allowed = new AtomicInteger(2);
        MapWriter<String, Integer> writer = new MapWriter<>(key -> {
            if (allowed.getAndDecrement() <= 0) {
                throw new IllegalStateException("database is full");
            }
        });
        Cache<String, Integer> cache = kind.open(caches, writer);
        cache.putAll(Map.of("a", 1, "b", 1));
        allowed.set(3);

        assertThatThrownBy(() -> cache.putAll(Map.of("a", 2, "b", 2, "c", 2, "d", 2, "e", 2)))
                .isInstanceOf(CacheWriterException.class)
                .hasRootCauseMessage("database is full");

        assertThat(contentOf(cache)).isEqualTo(writer.database());
        assertThat(writer.database().values()).filteredOn(value -> value == 2).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void removeAllThatFailsHalfwayRemovesWhatWasDeleted(Kind kind) {
        AtomicInteger allowed = new AtomicInteger(5);
        MapWriter<String, Integer> writer = new MapWriter<>(key -> {
            if (allowed.getAndDecrement() <= 0) {
                throw new IllegalStateException("database is busy");
            }
        });
        Cache<String, Integer> cache = kind.open(caches, writer);
        cache.putAll(Map.of("a", 1, "b", 1, "c", 1, "d", 1, "e", 1));
        allowed.set(2);
        assertThatThrownBy(() -> cache.removeAll(Set.of("a", "b", "c", "d", "unknown")))
                .isInstanceOf(CacheWriterException.class);
        assertThat(contentOf(cache)).isEqualTo(writer.database()).hasSizeBetween(3, 4);

        allowed.set(1);
        assertThatThrownBy(cache::removeAll).isInstanceOf(CacheWriterException.class);
        assertThat(contentOf(cache)).isEqualTo(writer.database()).hasSizeBetween(2, 3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void bulkChangesOfTheSameKeysInOppositeOrdersAgreeWithTheDatabase(Kind kind) {
        AtomicInteger writes = new AtomicInteger();
        MapWriter<String, Integer> writer = new MapWriter<>(key -> {
            if (writes.incrementAndGet() % 31 == 0) {
                throw new IllegalStateException("database is busy");
            }
        });
        Cache<String, Integer> cache = kind.open(caches, writer);
        List<String> forwards = List.of("AaAa", "AaBB", "BBAa", "BBBB", "a", "b", "c");
        List<String> backwards = new ArrayList<>(forwards);
        Collections.reverse(backwards);
        int rounds = Stress.rounds(2_000, 100_000);

        crew.race(4, thread -> {
            List<String> order = thread % 2 == 0 ? forwards : backwards;
            for (int i = 0; i < rounds; i++) {
                int value = i * 4 + thread;
                Map<String, Integer> entries = new LinkedHashMap<>();
                order.forEach(key -> entries.put(key, value));
                try {
                    if ((i + thread) % 3 == 0) {
                        cache.removeAll(new LinkedHashSet<>(order));
                    } else {
                        cache.putAll(entries);
                    }
                } catch (CacheWriterException e) {
                    // what was written is in the cache, and the rest is not
                }
            }
        });

        assertThat(contentOf(cache)).isEqualTo(writer.database());
    }
}
