package dev.larder.jcache.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.RecordingListener;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operation counts, on a key that has a value, has none, or had one that expired; on each way of the engine. */
@Timeout(300)
class StatisticsTableTest {

    private final CacheMaker maker = new CacheMaker();

    @AfterEach
    void close() {
        maker.close();
    }

    /** A way that a change takes through the engine. */
    private enum Way {
        DIRECT,
        WITH_WRITER,
        WITH_LISTENER,
        AFTER_INVOKE,
        WITH_CUSTOM_POLICY;

        CacheSettings.Builder<String, String> settings() {
            CacheSettings.Builder<String, String> settings =
                    CacheMaker.strings().statistics(true);
            if (this == WITH_CUSTOM_POLICY) {
                return settings.expiryPolicy(() -> new CountingPolicy().onCreation(CountingPolicy.seconds(60)));
            }
            settings.expireAfterCreation(Duration.ofMinutes(1));
            if (this == WITH_WRITER) {
                return settings.writer(new WriterToNowhere());
            }
            return this == WITH_LISTENER
                    ? settings.listener(new RecordingListener<String, String>().synchronously())
                    : settings;
        }
    }

    /** What the key is before the operation. */
    private enum State {
        PRESENT,
        ABSENT,
        EXPIRED
    }

    /** An operation on the key "k", whose value is "v" if there is one; and its counts on a key with and without a value. */
    private record Operation(String name, Consumer<LarderCache<String, String>> call, String present, String absent) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Operation op(
            String name, Consumer<LarderCache<String, String>> call, String present, String absent) {
        return new Operation(name, call, present, absent);
    }

    private static Stream<Operation> operations() {
        return Stream.of(
                // hits, misses, puts, removals:            present    absent
                op("get", cache -> cache.get("k"), "1 0 0 0", "0 1 0 0"),
                op("getAll", cache -> cache.getAll(Set.of("k", "never")), "1 1 0 0", "0 2 0 0"),
                op("containsKey", cache -> cache.containsKey("k"), "0 0 0 0", "0 0 0 0"),
                op("put", cache -> cache.put("k", "w"), "0 0 1 0", "0 0 1 0"),
                op("put TTL", cache -> cache.put("k", "w", Duration.ofSeconds(9)), "0 0 1 0", "0 0 1 0"),
                op("put zero", cache -> cache.put("k", "w", Duration.ZERO), "0 0 1 0", "0 0 0 0"),
                op("getAndPut", cache -> cache.getAndPut("k", "w"), "1 0 1 0", "0 1 1 0"),
                op("putAll", cache -> cache.putAll(Map.of("k", "w", "l", "w")), "0 0 2 0", "0 0 2 0"),
                op("putIfAbsent", cache -> cache.putIfAbsent("k", "w"), "1 0 0 0", "0 1 1 0"),
                op(
                        "putIfAbsent TTL",
                        cache -> cache.putIfAbsent("k", "w", Duration.ofSeconds(9)),
                        "1 0 0 0",
                        "0 1 1 0"),
                op("putIfAbsent zero", cache -> cache.putIfAbsent("k", "w", Duration.ZERO), "1 0 0 0", "0 1 0 0"),
                op("remove", cache -> cache.remove("k"), "0 0 0 1", "0 0 0 0"),
                op("remove value", cache -> cache.remove("k", "v"), "1 0 0 1", "0 1 0 0"),
                op("remove other value", cache -> cache.remove("k", "x"), "1 0 0 0", "0 1 0 0"),
                op("getAndRemove", cache -> cache.getAndRemove("k"), "1 0 0 1", "0 1 0 0"),
                op("replace", cache -> cache.replace("k", "w"), "1 0 1 0", "0 1 0 0"),
                op("replace value", cache -> cache.replace("k", "v", "w"), "1 0 1 0", "0 1 0 0"),
                op("replace other value", cache -> cache.replace("k", "x", "w"), "1 0 0 0", "0 1 0 0"),
                op("getAndReplace", cache -> cache.getAndReplace("k", "w"), "1 0 1 0", "0 1 0 0"),
                op("removeAll keys", cache -> cache.removeAll(Set.of("k", "never")), "0 0 0 1", "0 0 0 0"),
                op("removeAll", Cache::removeAll, "0 0 0 1", "0 0 0 0"),
                op("clear", Cache::clear, "0 0 0 0", "0 0 0 0"),
                op("touch", cache -> cache.touch("k", Duration.ofSeconds(9)), "0 0 0 0", "0 0 0 0"),
                op("touch zero", cache -> cache.touch("k", Duration.ZERO), "0 0 0 0", "0 0 0 0"),
                op("invalidate", cache -> cache.invalidate("k"), "0 0 0 0", "0 0 0 0"),
                op("loadAll", cache -> cache.loadAll(Set.of("k"), true, null), "0 0 0 0", "0 0 0 0"),
                op("iterate", StatisticsTableTest::walk, "1 0 0 0", "0 0 0 0"),
                op("iterate and remove", StatisticsTableTest::walkAndRemove, "1 0 0 1", "0 0 0 0"),
                op("invoke nothing", cache -> invoke(cache, entry -> {}), "1 0 0 0", "0 1 0 0"),
                op("invoke get", cache -> invoke(cache, MutableEntry::getValue), "1 0 0 0", "0 1 0 0"),
                op("invoke set", cache -> invoke(cache, entry -> entry.setValue("w")), "1 0 1 0", "0 1 1 0"),
                op("invoke set zero", cache -> invoke(cache, StatisticsTableTest::setForNoTime), "1 0 1 0", "0 1 0 0"),
                op("invoke remove", cache -> invoke(cache, MutableEntry::remove), "1 0 0 1", "0 1 0 0"),
                op(
                        "invoke set and remove",
                        cache -> invoke(cache, StatisticsTableTest::setAndRemove),
                        "1 0 0 1",
                        "0 1 0 0"));
    }

    private static void walk(Cache<String, String> cache) {
        cache.forEach(entry -> assertThat(entry.getValue()).isEqualTo("v"));
    }

    private static void walkAndRemove(Cache<String, String> cache) {
        for (Iterator<Cache.Entry<String, String>> entries = cache.iterator(); entries.hasNext(); ) {
            entries.next();
            entries.remove();
        }
    }

    private static void setForNoTime(MutableEntry<String, String> entry) {
        entry.setValue("w");
        entry.unwrap(LarderEntry.class).setTtl(Duration.ZERO);
    }

    private static void setAndRemove(MutableEntry<String, String> entry) {
        entry.setValue("w");
        entry.remove();
    }

    private static void invoke(Cache<String, String> cache, Consumer<MutableEntry<String, String>> work) {
        cache.invoke("k", (entry, arguments) -> {
            work.accept(entry);
            return null;
        });
    }

    static Stream<Arguments> table() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(State.values())
                        .flatMap(state -> operations().map(operation -> Arguments.of(way, state, operation))));
    }

    @ParameterizedTest
    @MethodSource("table")
    void operationCountsExactlyThis(Way way, State state, Operation operation) {
        LarderCache<String, String> cache = maker.make(way.settings());
        if (way == Way.AFTER_INVOKE) {
            cache.invoke("another", (entry, arguments) -> null);
        }
        if (state != State.ABSENT) {
            cache.put("k", "v");
        }
        if (state == State.EXPIRED) {
            // nothing sweeps: the operation comes upon an entry that is dead and still there
            maker.time().skip(Duration.ofMinutes(2));
        }
        CacheStatisticsMXBean statistics = Beans.statistics(cache);
        statistics.clear();

        operation.call().accept(cache);

        assertThat(counts(statistics)).isEqualTo(state == State.PRESENT ? operation.present() : operation.absent());
        assertThat(statistics.getCacheGets()).isEqualTo(statistics.getCacheHits() + statistics.getCacheMisses());
        assertThat(statistics.getCacheEvictions()).isZero();
    }

    private static String counts(CacheStatisticsMXBean statistics) {
        return statistics.getCacheHits() + " " + statistics.getCacheMisses() + " " + statistics.getCachePuts() + " "
                + statistics.getCacheRemovals();
    }
}
