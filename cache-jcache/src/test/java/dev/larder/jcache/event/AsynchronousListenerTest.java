package dev.larder.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.fixture.RecordingListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.cache.event.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class AsynchronousListenerTest {

    private static final int KEYS = 8;

    private final CacheMaker maker = new CacheMaker();
    private final Parallel parallel = new Parallel();
    private final RecordingListener<String, String> listener = new RecordingListener<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        parallel.close();
        maker.close();
    }

    private LarderCache<String, String> cache() {
        return maker.make(CacheMaker.strings().listener(listener.asynchronously()));
    }

    @Test
    void eventsOfAKeyKeepTheirOrderUnderContention() throws Exception {
        Map<String, Integer> last = new ConcurrentHashMap<>();
        AtomicInteger disorders = new AtomicInteger();
        listener.thenDo(event -> {
            int number = Integer.parseInt(event.value());
            Integer before = last.put(event.key(), number);
            if (before != null && before != number - 1) {
                disorders.incrementAndGet();
            }
        });
        LarderCache<String, String> cache = cache();

        parallel.run(8, thread -> {
            for (int i = 0; i < 4_000; i++) {
                cache.invoke("k" + i % KEYS, (entry, arguments) -> {
                    entry.setValue(entry.exists() ? String.valueOf(Integer.parseInt(entry.getValue()) + 1) : "1");
                    return null;
                });
            }
        });

        // what is told has yet to be looked at: the listener takes note of it first
        await().untilAsserted(() -> assertThat(last)
                .hasSize(KEYS)
                .allSatisfy((key, number) -> assertThat(number).isEqualTo(4_000)));
        assertThat(listener.told()).hasSize(32_000);
        assertThat(disorders).hasValue(0);
    }

    @Test
    void plainPutsAndRemovalsOfAKeyFormAChain() throws Exception {
        LarderCache<String, String> cache = cache();

        parallel.run(8, thread -> {
            for (int i = 0; i < 3_000; i++) {
                String key = "k" + (i + thread) % KEYS;
                if (i % 5 == 4) {
                    cache.remove(key);
                } else {
                    cache.put(key, thread + "/" + i);
                }
            }
        });
        cache.put("end", "");

        await().until(() -> heardAll(cache));
        for (int i = 0; i < KEYS; i++) {
            String key = "k" + i;
            String current = null;
            for (var event : listener.told()) {
                if (event.key().equals(key)) {
                    assertThat(event.old()).as("%s", event).isEqualTo(current);
                    current = event.type() == EventType.REMOVED ? null : event.value();
                }
            }
        }
    }

    /** The last event of each key left what is in the cache. */
    private boolean heardAll(LarderCache<String, String> cache) {
        Map<String, String> left = new HashMap<>();
        for (var event : listener.told()) {
            if (event.type() == EventType.REMOVED) {
                left.remove(event.key());
            } else {
                left.put(event.key(), event.value());
            }
        }
        return left.equals(cache.getAll(keys()));
    }

    private static Set<String> keys() {
        Set<String> keys = new HashSet<>();
        IntStream.range(0, KEYS).forEach(i -> keys.add("k" + i));
        keys.add("end");
        return keys;
    }

    @Test
    void listenerDoesNotHoldUpTheCaller() {
        listener.thenDo(event -> Parallel.await(release));
        LarderCache<String, String> cache = cache();

        for (int i = 0; i < 1_000; i++) {
            cache.put("k", "v" + i);
        }

        assertThat(cache.get("k")).isEqualTo("v999");
    }

    @Test
    void failureOnOneEventDoesNotStopTheNext() {
        listener.thenDo(event -> {
            if (!event.value().equals("last")) {
                throw new IllegalArgumentException("no");
            }
        });
        LarderCache<String, String> cache = cache();

        cache.put("k", "first");
        cache.put("k", "last");

        await().untilAsserted(() ->
                assertThat(listener.lines()).containsExactly("CREATED k=first was null", "UPDATED k=last was first"));
    }

    @Test
    void errorOnOneEventDoesNotStopTheNext() {
        listener.thenDo(event -> {
            if (!event.value().equals("last")) {
                throw new NoClassDefFoundError("no");
            }
        });
        LarderCache<String, String> cache = cache();

        cache.put("k", "first");
        await().untilAsserted(() -> assertThat(listener.told()).hasSize(1));
        cache.put("k", "last");

        await().untilAsserted(() ->
                assertThat(listener.lines()).containsExactly("CREATED k=first was null", "UPDATED k=last was first"));
    }

    @Test
    void slowEventOfOneKeyHoldsUpNoOtherKey() {
        listener.thenDo(event -> {
            if (event.key().equals("slow")) {
                Parallel.await(release);
            }
        });
        LarderCache<String, String> cache = cache();

        cache.put("slow", "1");
        cache.put("slow", "2");
        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
        }

        await().untilAsserted(() -> assertThat(listener.told()).hasSize(101));
        release.countDown();
        await().untilAsserted(() -> assertThat(listener.lines()).endsWith("UPDATED slow=2 was 1"));
    }

    @Test
    void listenerThatHangsOnEveryKeySilencesNoOther() {
        RecordingListener<String, String> other = new RecordingListener<>();
        RecordingListener<String, String> elsewhere = new RecordingListener<>();
        listener.thenDo(event -> Parallel.await(release));
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().listener(listener.asynchronously()).listener(other.asynchronously()));
        LarderCache<String, String> next = maker.make(CacheMaker.strings().listener(elsewhere.asynchronously()));

        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
            next.put("k" + i, "v");
        }

        await().untilAsserted(() -> assertThat(other.told()).hasSize(100));
        await().untilAsserted(() -> assertThat(elsewhere.told()).hasSize(100));
    }

    @Test
    void listenerThatHangsDoesNotKeepExpiredEntriesInMemory() {
        listener.thenDo(event -> Parallel.await(release));
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().listener(listener.asynchronously()).expireAfterWrite(Duration.ofSeconds(10)));
        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
        }

        maker.time().advance(Duration.ofSeconds(10));

        await().untilAsserted(() -> assertThat(cache.estimatedSize()).isZero());
    }

    @Test
    void listenerMayCallTheCache() {
        LarderCache<String, String> cache = cache();
        listener.thenDo(event -> {
            if (event.key().length() < 4) {
                cache.put(event.key() + "+", event.value());
                cache.invoke(event.key(), (entry, arguments) -> entry.getValue());
            }
        });

        cache.put("k", "v");

        await().until(() -> cache.containsKey("k+++"));
        await().untilAsserted(() -> assertThat(listener.told()).hasSize(4));
    }

    @Test
    void listenerMayCloseTheCache() {
        LarderCache<String, String> cache = cache();
        listener.thenDo(event -> cache.close());

        cache.put("k", "v");

        await().until(cache::isClosed);
        await().until(() -> listener.closings() == 1);
    }

    @Test
    void nothingIsDeliveredAfterTheCacheIsClosed() {
        CountDownLatch told = new CountDownLatch(1);
        listener.thenDo(event -> {
            told.countDown();
            Parallel.await(release);
        });
        LarderCache<String, String> cache = cache();
        for (int i = 0; i < 50; i++) {
            cache.put("k", "v" + i);
        }
        Parallel.await(told);

        cache.close();
        release.countDown();

        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(listener.lines()).isEqualTo(List.of("CREATED k=v0 was null")));
    }
}
