package dev.larder.jcache.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.fixture.CacheMaker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That it costs as little to invalidate a tag of a million entries as that of one. */
@Timeout(600)
class TagCostTest {

    private static final int MILLION = 1_000_000;

    private final CacheMaker maker = new CacheMaker();
    private final AtomicLong asked = new AtomicLong();

    @AfterEach
    void close() {
        maker.close();
    }

    /** Counts how often anybody looks for it, or meets it on the way. */
    private final class CountedKey {

        private final int number;

        CountedKey(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            asked.incrementAndGet();
            return other instanceof CountedKey key && key.number == number;
        }

        @Override
        public int hashCode() {
            asked.incrementAndGet();
            return Integer.hashCode(number);
        }
    }

    /** Every entry has all these tags. On a time that stands still, so that nothing happens in the background. */
    private LarderCache<CountedKey, Integer> cacheOf(int entries, Set<String> tags) {
        LarderCache<CountedKey, Integer> cache = maker.make(
                CacheSettings.builder(CountedKey.class, Integer.class).storeByReference());
        for (int i = 0; i < entries; i++) {
            cache.put(new CountedKey(i), i % 100, tags);
        }
        return cache;
    }

    @Test
    void invalidationOfAMillionEntriesTouchesNone() {
        LarderCache<CountedKey, Integer> cache = cacheOf(MILLION, Set.of("product", "page"));
        cache.put(new CountedKey(-1), -1, Set.of("other"));
        asked.set(0);

        cache.invalidateTag("product");

        assertThat(asked).as("keys asked").hasValue(0);
        long served = IntStream.range(0, MILLION)
                .filter(i -> cache.get(new CountedKey(i)) != null)
                .count();
        assertThat(served).as("entries served after it").isZero();
        assertThat(cache.get(new CountedKey(-1))).isEqualTo(-1);
        maker.time().advance(Duration.ofSeconds(5));
        assertThat(cache.estimatedSize()).as("entries that take room").isOne();
    }

    @Test
    void invalidationOfAMillionEntriesTakesAsLongAsOfOne() {
        Set<String> tags = IntStream.range(0, 64).mapToObj(i -> "tag " + i).collect(Collectors.toSet());
        LarderCache<CountedKey, Integer> one = cacheOf(1, tags);
        LarderCache<CountedKey, Integer> many = cacheOf(MILLION, tags);

        // under stress ten times as long is allowed; in every build, where others keep the processors and their caches
        // busy, a
        // millisecond at least: a walk over the entries would take several, and ten thousand times as long as for one
        long ofOne = Math.min(medianNanos(one, tags), medianNanos(one, tags));
        long ofMany = medianNanos(many, tags);

        assertThat(ofMany).isLessThan(Stress.ON ? 10 * Math.max(ofOne, 1_000) : 100 * Math.max(ofOne, 10_000));
    }

    private static long medianNanos(LarderCache<?, ?> cache, Set<String> tags) {
        long[] nanos = tags.stream()
                .mapToLong(tag -> {
                    long start = System.nanoTime();
                    cache.invalidateTag(tag);
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        return Arrays.stream(nanos).skip(nanos.length / 2).findFirst().orElseThrow();
    }
}
