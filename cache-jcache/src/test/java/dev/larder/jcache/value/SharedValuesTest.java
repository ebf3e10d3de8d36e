package dev.larder.jcache.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.Box;
import dev.larder.jcache.fixture.CacheMaker;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cache by value of no declared types, which learns by what it is given whether that may be shared. */
@Timeout(300)
class SharedValuesTest {

    private static final String SHARED = "a string";

    private final CacheMaker maker = new CacheMaker();

    @AfterEach
    void close() {
        maker.close();
    }

    private static CacheSettings.Builder<Object, Object> anything() {
        return CacheSettings.builder(Object.class, Object.class);
    }

    @Test
    void immutableValuesAreHandedOutAsTheyAre() {
        LarderCache<Object, Object> cache = maker.make(anything());
        cache.put("k", SHARED);

        assertThat(cache.get("k")).isSameAs(SHARED);
        assertThat(cache.getAll(Set.of("k"))).containsEntry("k", SHARED);
    }

    @Test
    void mutableValueThatComesLateIsCopiedAllTheSame() {
        LarderCache<Object, Object> cache = maker.make(anything());
        cache.put("k", SHARED);
        cache.get("k");
        Box given = new Box("v");
        cache.put("late", given);

        assertThat(cache.get("late")).isNotSameAs(given).isEqualTo(new Box("v"));
        assertThat(cache.get("late")).isNotSameAs(cache.get("late"));
        assertThat(cache.get("k")).isSameAs(SHARED);
    }

    @Test
    void hitsAreCountedOnceAlsoWhenTheFirstCopyIsMade() {
        LarderCache<Object, Object> cache = maker.make(anything().statistics(true));
        cache.put("k", SHARED);
        cache.get("k");
        cache.put("late", new Box("v"));
        cache.get("late");
        cache.get("late");
        cache.get("none");

        assertThat(Beans.statistics(cache).getCacheHits()).isEqualTo(3);
        assertThat(Beans.statistics(cache).getCacheMisses()).isEqualTo(1);
    }

    @Test
    void mutableValueThatIsLoadedLateIsCopied() {
        Box loaded = new Box("v");
        LarderCache<Object, Object> cache = maker.make(anything().loader(loaderOf(loaded)));
        cache.put("k", SHARED);

        assertThat(cache.get("late")).isNotSameAs(loaded).isEqualTo(new Box("v"));
        assertThat(cache.get("late")).isNotSameAs(cache.get("late"));
    }

    private static CacheLoader<Object, Object> loaderOf(Object value) {
        return new CacheLoader<>() {
            @Override
            public Object load(Object key) {
                return value;
            }

            @Override
            public Map<Object, Object> loadAll(Iterable<?> keys) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** It may give a value back as it is today, and not tomorrow. */
    @Test
    void copierOfAUserIsAskedEachTime() {
        AtomicInteger asked = new AtomicInteger();
        LarderCache<Object, Object> cache = maker.make(anything().copier(Box.class, box -> {
            asked.incrementAndGet();
            return box;
        }));
        cache.put("k", new Box("v"));
        cache.get("k");

        assertThat(asked).hasValue(2);
    }

    @Test
    void valuesOfAClearedCacheStayCopied() {
        LarderCache<Object, Object> cache = maker.make(anything());
        cache.put("k", new Box("v"));
        cache.clear();
        cache.put("k", new Box("w"));

        assertThat(cache.get("k")).isNotSameAs(cache.get("k"));
    }
}
