package dev.larder.jcache.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.RecordingListener;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class CustomPolicyTest {

    private final CacheMaker maker = new CacheMaker();
    private final CountingPolicy policy = new CountingPolicy();

    @AfterEach
    void close() {
        maker.close();
    }

    private CacheSettings.Builder<String, String> settings() {
        return CacheMaker.strings().expiryPolicy(() -> policy);
    }

    private static Arguments operation(String name, String calls, Consumer<LarderCache<String, String>> operation) {
        return Arguments.of(name, calls, operation);
    }

    /** Operations on the present "old" and the absent "new", and what they ask: creations, accesses, updates. */
    static Stream<Arguments> operations() {
        return Stream.of(
                operation("get, present", "c0 a1 u0", cache -> cache.get("old")),
                operation("get, absent", "c0 a0 u0", cache -> cache.get("new")),
                operation("getAll", "c0 a1 u0", cache -> cache.getAll(Set.of("old", "new"))),
                operation("containsKey, present", "c0 a0 u0", cache -> cache.containsKey("old")),
                operation("containsKey, absent", "c0 a0 u0", cache -> cache.containsKey("new")),
                operation("put, present", "c0 a0 u1", cache -> cache.put("old", "1")),
                operation("put, absent", "c1 a0 u0", cache -> cache.put("new", "1")),
                operation("put with a TTL, present", "c0 a0 u0", cache -> cache.put("old", "1", Duration.ofDays(1))),
                operation("put with a TTL, absent", "c0 a0 u0", cache -> cache.put("new", "1", Duration.ofDays(1))),
                operation("getAndPut, present", "c0 a0 u1", cache -> cache.getAndPut("old", "1")),
                operation("getAndPut, absent", "c1 a0 u0", cache -> cache.getAndPut("new", "1")),
                operation("putAll", "c1 a0 u1", cache -> cache.putAll(Map.of("old", "1", "new", "1"))),
                operation("putIfAbsent, present", "c0 a0 u0", cache -> cache.putIfAbsent("old", "1")),
                operation("putIfAbsent, absent", "c1 a0 u0", cache -> cache.putIfAbsent("new", "1")),
                operation(
                        "putIfAbsent with a TTL, absent",
                        "c0 a0 u0",
                        cache -> cache.putIfAbsent("new", "1", Duration.ofDays(1))),
                operation("touch", "c0 a0 u0", cache -> cache.touch("old", Duration.ofDays(1))),
                operation("remove, present", "c0 a0 u0", cache -> cache.remove("old")),
                operation("remove, absent", "c0 a0 u0", cache -> cache.remove("new")),
                operation("remove of the value", "c0 a0 u0", cache -> cache.remove("old", "0")),
                operation("remove of another value", "c0 a1 u0", cache -> cache.remove("old", "x")),
                operation("remove of a value, absent", "c0 a0 u0", cache -> cache.remove("new", "x")),
                operation("getAndRemove, present", "c0 a0 u0", cache -> cache.getAndRemove("old")),
                operation("getAndRemove, absent", "c0 a0 u0", cache -> cache.getAndRemove("new")),
                operation("replace, present", "c0 a0 u1", cache -> cache.replace("old", "1")),
                operation("replace, absent", "c0 a0 u0", cache -> cache.replace("new", "1")),
                operation("replace of the value", "c0 a0 u1", cache -> cache.replace("old", "0", "1")),
                operation("replace of another value", "c0 a1 u0", cache -> cache.replace("old", "x", "1")),
                operation("replace of a value, absent", "c0 a0 u0", cache -> cache.replace("new", "x", "1")),
                operation("getAndReplace, present", "c0 a0 u1", cache -> cache.getAndReplace("old", "1")),
                operation("getAndReplace, absent", "c0 a0 u0", cache -> cache.getAndReplace("new", "1")),
                operation("removeAll of keys", "c0 a0 u0", cache -> cache.removeAll(Set.of("old", "new"))),
                operation("removeAll", "c0 a0 u0", Cache::removeAll),
                operation("clear", "c0 a0 u0", Cache::clear),
                operation("invalidate", "c0 a0 u0", cache -> cache.invalidate("old")),
                operation(
                        "iterator.hasNext",
                        "c0 a0 u0",
                        cache -> assertThat(cache.iterator().hasNext()).isTrue()),
                operation("iterator.next", "c0 a1 u0", cache -> cache.iterator().next()),
                operation("iterator.remove", "c0 a1 u0", cache -> {
                    var iterator = cache.iterator();
                    iterator.next();
                    iterator.remove();
                }),
                operation("invoke of nothing", "c0 a0 u0", cache -> cache.invoke("old", (entry, a) -> null)),
                operation("invoke, exists", "c0 a0 u0", cache -> cache.invoke("old", (entry, a) -> entry.exists())),
                operation("invoke, reads", "c0 a1 u0", cache -> cache.invoke("old", (entry, a) -> entry.getValue())),
                operation(
                        "invoke, reads nothing",
                        "c0 a0 u0",
                        cache -> cache.invoke("new", (entry, a) -> entry.getValue())),
                operation(
                        "invoke, reads and names a TTL",
                        "c0 a0 u0",
                        cache -> cache.invoke("old", (entry, a) -> {
                            entry.unwrap(LarderEntry.class).setTtl(Duration.ofDays(1));
                            return entry.getValue();
                        })),
                operation(
                        "invoke, reads and sets",
                        "c0 a0 u1",
                        cache -> cache.invoke("old", (entry, a) -> {
                            entry.setValue(entry.getValue() + "1");
                            return null;
                        })),
                operation(
                        "invoke, sets thrice",
                        "c0 a0 u1",
                        cache -> cache.invoke("old", (entry, a) -> {
                            entry.setValue("1");
                            entry.setValue("2");
                            entry.setValue("3");
                            return null;
                        })),
                operation(
                        "invoke, creates",
                        "c1 a0 u0",
                        cache -> cache.invoke("new", (entry, a) -> {
                            entry.setValue("1");
                            return null;
                        })),
                operation(
                        "invoke, creates and removes",
                        "c0 a0 u0",
                        cache -> cache.invoke("new", (entry, a) -> {
                            entry.setValue("1");
                            entry.remove();
                            return null;
                        })),
                operation(
                        "invoke, removes",
                        "c0 a0 u0",
                        cache -> cache.invoke("old", (entry, a) -> {
                            entry.remove();
                            return null;
                        })),
                operation(
                        "invokeAll",
                        "c0 a1 u0",
                        cache -> cache.invokeAll(Set.of("old", "new"), (entry, a) -> entry.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("operations")
    void policyIsAskedExactlyForWhatHappens(
            String name, String calls, Consumer<LarderCache<String, String>> operation) {
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("old", "0");
        policy.calls();

        operation.accept(cache);

        assertThat(policy.calls()).as(name).isEqualTo(calls);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("operations")
    void policyIsAskedTheSameWithAWriterAndAListener(
            String name, String calls, Consumer<LarderCache<String, String>> operation) {
        LarderCache<String, String> cache = maker.make(
                settings().writer(new MapWriter()).listener(new RecordingListener<String, String>().synchronously()));
        cache.put("old", "0");
        policy.calls();

        operation.accept(cache);

        assertThat(policy.calls()).as(name).isEqualTo(calls);
    }

    /** Keeps what it is given. */
    private static final class MapWriter implements CacheWriter<String, String>, CacheLoader<String, String> {

        private final Map<String, String> map = new HashMap<>();

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            map.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            entries.forEach(this::write);
            entries.clear();
        }

        @Override
        public void delete(Object key) {
            map.remove((String) key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(this::delete);
            keys.clear();
        }

        @Override
        public String load(String key) {
            return map.get(key);
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> all = new HashMap<>();
            keys.forEach(key -> all.put(key, map.get(key)));
            return all;
        }
    }

    @Test
    void loadIsACreationAndReloadAnUpdate() throws Exception {
        MapWriter outside = new MapWriter();
        outside.map.putAll(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
        LarderCache<String, String> cache = maker.make(settings().loader(outside));

        cache.get("a");
        assertThat(policy.calls()).isEqualTo("c1 a0 u0");
        cache.getAll(Set.of("a", "b"));
        assertThat(policy.calls()).isEqualTo("c1 a1 u0");
        cache.invoke("c", (entry, a) -> entry.getValue());
        assertThat(policy.calls()).isEqualTo("c1 a0 u0");
        cache.invoke("x", (entry, a) -> entry.getValue());
        assertThat(policy.calls()).isEqualTo("c0 a0 u0");

        loadAll(cache, Set.of("a", "d"), false);
        assertThat(policy.calls()).isEqualTo("c1 a0 u0");
        loadAll(cache, Set.of("a", "x"), true);
        assertThat(policy.calls()).isEqualTo("c0 a0 u1");
    }

    private static void loadAll(Cache<String, String> cache, Set<String> keys, boolean replace) throws Exception {
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(keys, replace, done);
        done.get();
    }

    @Test
    void deadEntryIsACreation() {
        policy.onCreation(CountingPolicy.seconds(1));
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("k", "v");
        maker.time().skip(Duration.ofSeconds(1));
        policy.calls();

        cache.put("k", "w");

        assertThat(policy.calls()).isEqualTo("c1 a0 u0");
    }

    @Test
    void answersCountToTheMillisecond() {
        policy.onCreation(CountingPolicy.seconds(10))
                .onUpdate(CountingPolicy.seconds(20))
                .onAccess(CountingPolicy.seconds(30));
        LarderCache<String, String> cache = maker.make(settings());

        cache.put("k", "v");
        assertDeadline(cache, Duration.ofSeconds(10));
        cache.put("k", "v");
        cache.put("k", "w");
        assertDeadline(cache, Duration.ofSeconds(20));
        cache.put("k", "v");
        cache.get("k");
        assertDeadline(cache, Duration.ofSeconds(30));
        cache.put("k", "v");
        cache.replace("k", "x", "y");
        assertDeadline(cache, Duration.ofSeconds(30));
        cache.put("k", "v");
        cache.iterator().next();
        assertDeadline(cache, Duration.ofSeconds(30));
    }

    private void assertDeadline(Cache<String, String> cache, Duration lifetime) {
        maker.time().advance(lifetime.minusMillis(1));
        assertThat(cache.containsKey("k")).as("just before " + lifetime).isTrue();
        maker.time().advance(Duration.ofMillis(1));
        assertThat(cache.containsKey("k")).as("at " + lifetime).isFalse();
    }

    @Test
    void nullOnAccessAndUpdateLeavesTheDeadline() {
        policy.onCreation(CountingPolicy.seconds(10)).onUpdate(null).onAccess(null);
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("k", "v");
        maker.time().advance(Duration.ofSeconds(4));

        cache.get("k");
        cache.put("k", "w");
        cache.replace("k", "x");
        cache.invoke("k", (entry, a) -> {
            entry.setValue("y");
            return null;
        });

        assertDeadline(cache, Duration.ofSeconds(6));
    }

    @Test
    void nullOnCreationMeansForEver() {
        policy.onCreation(null);
        LarderCache<String, String> cache = maker.make(settings());

        cache.put("k", "v");
        maker.time().advance(Duration.ofDays(10_000));

        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void eternalOnUpdateTakesTheDeadlineAwayAndAFiniteOneGivesIt() {
        policy.onCreation(CountingPolicy.seconds(10)).onUpdate(javax.cache.expiry.Duration.ETERNAL);
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("k", "v");

        cache.put("k", "w");
        maker.time().advance(Duration.ofDays(1));
        assertThat(cache.containsKey("k")).isTrue();

        policy.onAccess(CountingPolicy.seconds(10));
        cache.get("k");
        assertDeadline(cache, Duration.ofSeconds(10));
    }

    /** Fails whenever it is asked. */
    private static final class BrokenPolicy implements ExpiryPolicy {

        @Override
        public javax.cache.expiry.Duration getExpiryForCreation() {
            throw new IllegalStateException("creation");
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForAccess() {
            throw new IllegalStateException("access");
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForUpdate() {
            throw new IllegalStateException("update");
        }
    }

    @Test
    void policyThatThrowsFailsNoOperation() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().expiryPolicy(BrokenPolicy::new));

        cache.put("k", "v");
        assertThat(cache.get("k")).isEqualTo("v");
        cache.put("k", "w");
        assertThat(cache.replace("k", "x", "y")).isFalse();
        cache.put("t", "v", Duration.ofSeconds(10));
        cache.get("t");
        cache.put("t", "w");
        maker.time().advance(Duration.ofDays(10_000));

        assertThat(cache.get("k")).as("lives for ever").isEqualTo("w");
        assertThat(cache.containsKey("t")).as("keeps the deadline it had").isFalse();
    }

    @Test
    void policyIsMadeOnceAndItsFailureFailsTheCreation() {
        assertThatThrownBy(() -> maker.make(CacheMaker.strings().expiryPolicy(() -> {
                    throw new IllegalStateException("no policy today");
                })))
                .hasStackTraceContaining("no policy today");
        assertThat(maker.manager().getCacheNames()).isEmpty();
    }

    @Test
    void deadlinesFromAPolicyFreeMemoryUntouched() {
        policy.onCreation(CountingPolicy.seconds(10));
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("k", "v");

        maker.time().advance(Duration.ofSeconds(10));

        assertThat(cache.estimatedSize()).isZero();
    }
}
