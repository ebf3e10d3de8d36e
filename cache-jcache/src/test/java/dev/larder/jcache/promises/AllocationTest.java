package dev.larder.jcache.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.TestCaches;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A hit allocates nothing, by the JVM's own count of what a thread allocates. */
@Timeout(60)
class AllocationTest {

    private static final int WARM_UP = 200_000;
    private static final int MEASURED = 100_000;

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

        assertThat(bytesOfOne(() -> cache.get("key"))).isZero();
    }

    @Test
    void theMeasurementSeesAnAllocation() {
        assertThat(bytesOfOne(() -> sink = new byte[8])).isPositive();
    }

    /** Returns the bytes of one call, rounded down: the odd allocation of the JVM itself, spread over all, is none. */
    private static long bytesOfOne(Runnable call) {
        repeat(call, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = allocated();
            repeat(call, MEASURED);
            least = Math.min(least, allocated() - before);
        }
        return least / MEASURED;
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
