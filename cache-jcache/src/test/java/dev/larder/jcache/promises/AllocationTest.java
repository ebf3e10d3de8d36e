package dev.larder.jcache.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.concurrency.TestCaches;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A hit allocates nothing, by the JVM's own count of what a thread allocates. */
@Timeout(300)
class AllocationTest {

    private static final int WARM_UP = 200_000;
    private static final int MEASURED = 100_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Keeps an allocation from being optimised away. */
    private volatile byte[] sink = {};

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("by reference", newSettings().storeByReference()),
                Arguments.of("by value, of an immutable type", newSettings()),
                Arguments.of("bounded", newSettings().storeByReference().maximumSize(1_000)),
                Arguments.of("with statistics", newSettings().storeByReference().statistics(true)),
                Arguments.of(
                        "expiring after creation",
                        newSettings().storeByReference().expireAfterCreation(Duration.ofHours(1))),
                Arguments.of(
                        "expiring after touch",
                        newSettings().storeByReference().expireAfterTouch(Duration.ofHours(1))));
    }

    private static CacheSettings.Builder<String, String> newSettings() {
        return CacheSettings.builder(String.class, String.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void aHitAllocatesNothing(String description, CacheSettings.Builder<String, String> settings) {
        Cache<String, String> cache = caches.create(settings);
        cache.put("key", "value");

        assertThat(bytesOfOne(() -> cache.get("key"), 0)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void aHitOfAnEntryWithTagsAllocatesNothing(String description, CacheSettings.Builder<String, String> settings) {
        LarderCache<String, String> cache = LarderCache.of(caches.create(settings));
        cache.put("key", "value", Set.of("red"));
        cache.invalidateTag("green");

        assertThat(bytesOfOne(() -> cache.get("key"), 0)).isZero();
    }

    /** An operation, the settings it is done with, and the bytes it may take. What is new, like a value, is not made by it. */
    enum Change {
        PUT(0, newSettings(), cache -> cache.put("key", "other")),
        PUT_BOUNDED(0, newSettings().maximumSize(1_000), cache -> cache.put("key", "other")),
        PUT_WITH_STATISTICS(0, newSettings().statistics(true), cache -> cache.put("key", "other")),
        PUT_WITH_A_DEADLINE(
                24, newSettings().expireAfterWrite(Duration.ofHours(1)), cache -> cache.put("key", "other")),
        PUT_ALL(600, newSettings(), cache -> cache.putAll(FIVE)),
        PUT_IF_ABSENT_OF_WHAT_IS_THERE(0, newSettings(), cache -> cache.putIfAbsent("key", "other")),
        CONTAINS_KEY(0, newSettings(), cache -> cache.containsKey("key")),
        REPLACE(96, newSettings(), cache -> cache.replace("key", "value")),
        REPLACE_BY_THE_SAME(96, newSettings(), cache -> cache.replace("key", "value", "value")),
        REPLACE_OF_ANOTHER_VALUE(64, newSettings(), cache -> cache.replace("key", "another", "new")),
        REMOVE_OF_ANOTHER_VALUE(64, newSettings(), cache -> cache.remove("key", "another")),
        INVOKE(200, newSettings(), cache -> cache.invoke("key", SETS_WHAT_IT_READS));

        private final int bytes;

        @SuppressWarnings("ImmutableEnumChecker") // nobody changes them
        private final CacheSettings.Builder<String, String> settings;

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Consumer<Cache<String, String>> call;

        Change(int bytes, CacheSettings.Builder<String, String> settings, Consumer<Cache<String, String>> call) {
            this.bytes = bytes;
            this.settings = settings.storeByReference();
            this.call = call;
        }
    }

    private static final Map<String, String> FIVE = Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5");

    private static final EntryProcessor<String, String, Object> SETS_WHAT_IT_READS = (entry, arguments) -> {
        entry.setValue(entry.getValue());
        return null;
    };

    @ParameterizedTest
    @EnumSource
    void aChangeAllocatesNoMoreThan(Change change) {
        Cache<String, String> cache = caches.create(change.settings);
        cache.put("key", "value");

        assertThat(bytesOfOne(() -> change.call.accept(cache), change.bytes)).isLessThanOrEqualTo(change.bytes);
    }

    @Test
    void theMeasurementSeesAnAllocation() {
        assertThat(measured(() -> sink = new byte[8])).isPositive();
    }

    /** Returns the bytes of one call when it is compiled, which takes a while on a machine that has other work as well. */
    private static long bytesOfOne(Runnable call, long wanted) {
        repeat(call, WARM_UP);
        long end = System.nanoTime() + LONGEST.toNanos();
        long least = measured(call);
        while (least > wanted && System.nanoTime() - end < 0) {
            least = Math.min(least, measured(call));
        }
        return least;
    }

    /** Returns the bytes of one call, rounded down: the odd allocation of the JVM itself, spread over all, is none. */
    private static long measured(Runnable call) {
        long before = allocated();
        repeat(call, MEASURED);
        return (allocated() - before) / MEASURED;
    }

    private static void repeat(Runnable call, int times) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }

    /** Asks the JDK's own kind of bean, which the module under test does not read. */
    private static long allocated() {
        try {
            return (long) Class.forName("com.sun.management.ThreadMXBean")
                    .getMethod("getThreadAllocatedBytes", long.class)
                    .invoke(
                            ManagementFactory.getThreadMXBean(),
                            Thread.currentThread().getId());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JVM does not count allocations", e);
        }
    }
}
