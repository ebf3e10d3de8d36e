package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.ValueType;
import dev.larder.codec.frame.CodecSettings;
import dev.larder.jcache.LarderCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that are equal though their bytes are not, that another release wrote, or that end while somebody walks over them. */
@Timeout(600)
class StoredValuesTest {

    private static final Duration TTL = Duration.ofMillis(200);

    private static RedisCaches caches;

    @BeforeAll
    static void start() {
        caches = new RedisCaches();
    }

    @AfterAll
    static void stop() {
        caches.close();
    }

    /** Equal whatever the order, which JSON keeps. */
    record Basket(Set<String> items) {
        static Basket of(String... items) {
            return new Basket(new LinkedHashSet<>(List.of(items)));
        }
    }

    @Test
    void valueIsTheExpectedOneIfItIsEqual() {
        Cache<String, Basket> cache = caches.open("baskets", String.class, Basket.class, all -> all);
        cache.put("k", Basket.of("apple", "pear"));

        assertThat(cache.replace("k", Basket.of("pear", "plum"), Basket.of())).isFalse();
        assertThat(cache.replace("k", Basket.of("pear", "apple"), Basket.of("fig", "lime")))
                .isTrue();
        assertThat(cache.remove("k", Basket.of("fig"))).isFalse();
        assertThat(cache.remove("k", Basket.of("lime", "fig"))).isTrue();
        assertThat(cache.containsKey("k")).isFalse();
    }

    /** As of a release before. */
    record OldCart(String owner, int articles) {}

    /** The same class later: what was a number is a list now, without which there is no cart. */
    record NewCart(String owner, List<String> articles) {
        NewCart {
            Objects.requireNonNull(articles);
        }
    }

    @Test
    void twoReleasesSideBySideThrowNothing() {
        Cache<String, OldCart> before = caches.open(
                "carts",
                String.class,
                OldCart.class,
                all -> all.codecs(codecs -> CodecSettings.builder(
                        ValueType.of(String.class), ValueType.of(OldCart.class).named("cart"))));
        Cache<String, NewCart> after = caches.open(
                "carts",
                String.class,
                NewCart.class,
                all -> all.codecs(codecs -> CodecSettings.builder(
                        ValueType.of(String.class), ValueType.of(NewCart.class).named("cart"))));
        Random random = new Random(7);
        List<Consumer<String>> operations = new ArrayList<>();
        operations.addAll(operations(before, new OldCart("a", 1), new OldCart("b", 2)));
        operations.addAll(operations(after, new NewCart("a", List.of("x")), new NewCart("b", List.of())));

        for (int i = 0; i < 3_000; i++) {
            operations.get(random.nextInt(operations.size())).accept("key " + random.nextInt(5));
        }

        before.put("k", new OldCart("a", 1));
        assertThat(after.get("k")).isNull();
        assertThat(after.putIfAbsent("k", new NewCart("a", List.of()))).isTrue();
        assertThat(after.get("k")).isEqualTo(new NewCart("a", List.of()));
        assertThat(before.get("k")).isNull();
    }

    private static <V> List<Consumer<String>> operations(Cache<String, V> cache, V one, V other) {
        return List.of(
                cache::get,
                cache::containsKey,
                cache::remove,
                cache::getAndRemove,
                key -> cache.put(key, one),
                key -> cache.getAndPut(key, other),
                key -> cache.putIfAbsent(key, one),
                key -> cache.replace(key, other),
                key -> cache.replace(key, one, other),
                key -> cache.getAndReplace(key, one),
                key -> cache.remove(key, other),
                key -> cache.getAll(Set.of(key, "other")),
                key -> cache.invoke(key, (entry, arguments) -> {
                    entry.setValue(entry.exists() ? one : other);
                    return null;
                }),
                key -> cache.forEach(entry -> assertThat(entry.getValue()).isNotNull()));
    }

    @Test
    void iterationReturnsNothingThatHasExpired() throws InterruptedException {
        LarderCache<Integer, String> cache = caches.open("short", Integer.class, String.class, all -> all);
        Map<Integer, Long> latestEnds = putAndTellEnds(cache);

        Iterator<Cache.Entry<Integer, String>> entries = cache.iterator();
        assertThat(returnedExpired(entries, Cache.Entry::getKey, latestEnds)).isEmpty();
    }

    /** The tooth: who hands out what was there when it began. */
    @Test
    void iterationOverWhatWasThereReturnsWhatHasExpired() throws InterruptedException {
        Set<Integer> expired = Set.of();
        for (int attempt = 0; attempt < 20 && expired.isEmpty(); attempt++) {
            expired = returnedExpiredOfKept(caches.open("kept" + attempt, Integer.class, String.class, all -> all));
        }
        assertThat(expired).isNotEmpty();
    }

    /** All that goes may have gone before it could be kept, on a busy machine. */
    private static Set<Integer> returnedExpiredOfKept(LarderCache<Integer, String> cache) throws InterruptedException {
        Map<Integer, Long> latestEnds = putAndTellEnds(cache);
        Map<Integer, String> kept = new TreeMap<>(Comparator.reverseOrder());
        cache.forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return returnedExpired(kept.keySet().iterator(), key -> key, latestEnds);
    }

    private static Map<Integer, Long> putAndTellEnds(LarderCache<Integer, String> cache) {
        Map<Integer, Long> latestEnds = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            cache.put(1_000 + i, "stays");
            cache.put(i, "goes", TTL);
            latestEnds.put(i, System.nanoTime() + TTL.toNanos());
        }
        return latestEnds;
    }

    /** Walks slowly to the end, and returns the keys that were handed out when it was over with them. */
    private static <E> Set<Integer> returnedExpired(
            Iterator<E> entries, Function<E, Integer> key, Map<Integer, Long> latestEnds) throws InterruptedException {
        Set<Integer> returned = new HashSet<>();
        Set<Integer> expired = new HashSet<>();
        for (long asked = System.nanoTime(); entries.hasNext(); asked = System.nanoTime()) {
            Integer next = key.apply(entries.next());
            returned.add(next);
            if (latestEnds.getOrDefault(next, Long.MAX_VALUE) <= asked) {
                expired.add(next);
            }
            Thread.sleep(4);
        }
        assertThat(returned).hasSizeGreaterThanOrEqualTo(100);
        return expired;
    }
}
