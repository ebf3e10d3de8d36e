package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.UnreadableReason;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.StoreHealthMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is at a key that is no value of the cache, an operation answers as if there were nothing, and the cache shows how often. */
@Timeout(600)
class UnreadableValuesTest {

    private static final int FLAGS_AT = 3;

    private static RedisCaches caches;

    @BeforeAll
    static void start() {
        caches = new RedisCaches();
    }

    @AfterAll
    static void stop() {
        caches.close();
    }

    /** What takes the place of a value, and why the server sees that it is none. */
    private enum Kind {
        TEXT(UnreadableReason.FOREIGN),
        LIST(UnreadableReason.FOREIGN),
        LATER_FLAGS(UnreadableReason.NEWER);

        private final UnreadableReason reason;

        Kind(UnreadableReason reason) {
            this.reason = reason;
        }
    }

    private static final List<Function<Cache<String, String>, Object>> OPERATIONS = List.of(
            cache -> cache.get("k"),
            cache -> cache.containsKey("k"),
            cache -> cache.getAndPut("k", "new"),
            cache -> cache.putIfAbsent("k", "new"),
            cache -> cache.replace("k", "new"),
            cache -> cache.replace("k", "old", "new"),
            cache -> cache.getAndReplace("k", "new"),
            cache -> cache.remove("k"),
            cache -> cache.remove("k", "old"),
            cache -> cache.getAndRemove("k"));

    static Stream<Arguments> cases() {
        return Stream.of(Kind.values()).flatMap(kind -> operations().mapToObj(i -> Arguments.of(kind, i)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void operationAnswersAsIfNothingWereThere(Kind kind, int operation) throws JMException {
        LarderCache<String, String> cache = open();
        LarderCache<String, String> empty = open();
        cache.put("k", "old");
        replace(cache, kind);

        Object answer = OPERATIONS.get(operation).apply(cache);

        assertThat(answer).isEqualTo(OPERATIONS.get(operation).apply(empty));
        assertThat(healthOf(cache).getUnreadableValues()).isEqualTo(Map.of(kind.reason.name(), 1L));
        assertThat(cache.get("k")).isEqualTo(empty.get("k"));
    }

    /** As where another application, or an older release, has declared another type of values for a cache of that name. */
    @ParameterizedTest
    @MethodSource("operations")
    void valueOfAnotherTypeIsAsGoodAsNothing(int operation) throws JMException {
        LarderCache<String, String> cache = open();
        LarderCache<String, String> empty = open();
        caches.open(cache.getName(), String.class, Integer.class, all -> all).put("k", 7);

        Object answer = OPERATIONS.get(operation).apply(cache);

        assertThat(answer).isEqualTo(OPERATIONS.get(operation).apply(empty));
        assertThat(healthOf(cache).getUnreadableValues()).isEqualTo(Map.of("OTHER_TYPE", 1L));
        assertThat(cache.get("k")).isEqualTo(empty.get("k"));
    }

    static IntStream operations() {
        return IntStream.range(0, OPERATIONS.size());
    }

    @Test
    void damageIsSeenWhereTheOldValueIsAskedFor() throws JMException {
        LarderCache<String, String> cache = open();
        cache.put("k", "old");
        damage(cache);

        assertThat(cache.getAndReplace("k", "new")).isNull();
        assertThat(cache.get("k")).isNull();
        cache.put("k", "old");
        damage(cache);

        assertThat(cache.getAndRemove("k")).isNull();
        assertThat(healthOf(cache).getUnreadableValues()).isEqualTo(Map.of("DAMAGED", 2L));
    }

    @Test
    void nothingIsShownUntilSomethingIsMet() throws JMException {
        LarderCache<String, String> cache = open();
        cache.put("k", "v");
        cache.get("k");

        assertThat(healthOf(cache).getUnreadableValues()).isEmpty();
    }

    private static LarderCache<String, String> open() {
        return caches.open("unreadable-" + UUID.randomUUID(), String.class, String.class, all -> all.management(true));
    }

    private static StoreHealthMXBean healthOf(LarderCache<?, ?> cache) throws JMException {
        String manager = cache.getCacheManager().getURI().toString().replace(':', '.');
        ObjectName name =
                new ObjectName("dev.larder:type=StoreHealth,CacheManager=" + manager + ",Cache=" + cache.getName());
        return JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), name, StoreHealthMXBean.class);
    }

    private static void replace(LarderCache<?, ?> cache, Kind kind) {
        String name = cache.getName();
        byte[] frame = caches.storedBy(name);
        switch (kind) {
            case TEXT -> caches.store(name, "a session of somebody else's".getBytes(StandardCharsets.UTF_8));
            case LIST -> caches.storeList(name, frame);
            case LATER_FLAGS -> caches.store(name, with(frame, FLAGS_AT, 64));
        }
    }

    private static void damage(LarderCache<?, ?> cache) {
        byte[] frame = caches.storedBy(cache.getName());
        caches.store(cache.getName(), with(frame, frame.length - 1, frame[frame.length - 1] + 1));
    }

    private static byte[] with(byte[] frame, int at, int value) {
        byte[] changed = frame.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
