package dev.larder.patterns.invalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.Provider;
import dev.larder.patterns.write.Writers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;

class InvalidationsTest {

    /** Remembers what it was told. */
    static final class Recording implements Invalidator<String> {

        final List<Object> calls = new ArrayList<>();
        boolean failing;

        @Override
        public void invalidate(Set<? extends String> keys) {
            calls.add(keys);
            if (failing) {
                throw new CacheException("away");
            }
        }

        @Override
        public void invalidateAll() {
            calls.add("all");
        }
    }

    private final Recording invalidator = new Recording();

    @Test
    void changedKeysAreDroppedAtOnceAndAtTheEnd() {
        try (Invalidations<String> invalidations = Invalidations.begin(invalidator)) {
            invalidations.changed("a");
            invalidations.changed(Set.of("b", "c"));
            assertThat(invalidator.calls).containsExactly(Set.of("a"), Set.of("b", "c"));
        }

        assertThat(invalidator.calls).containsExactly(Set.of("a"), Set.of("b", "c"), Set.of("a"), Set.of("b", "c"));
    }

    @Test
    void endIsTheSameAfterARollback() {
        assertThatThrownBy(() -> {
                    try (Invalidations<String> invalidations = Invalidations.begin(invalidator)) {
                        invalidations.changed("a");
                        throw new IllegalStateException("rolled back");
                    }
                })
                .hasMessage("rolled back");

        assertThat(invalidator.calls).hasSize(2);
    }

    @Test
    void allKeysAreTriedAtTheEndThoughTheCacheFails() {
        Invalidations<String> invalidations = Invalidations.begin(invalidator);
        invalidations.changed("a");
        invalidations.changed("b");
        invalidator.failing = true;

        assertThatThrownBy(invalidations::close)
                .isInstanceOf(CacheException.class)
                .hasSuppressedException(new CacheException("away"));

        assertThat(invalidator.calls).hasSize(4);
    }

    @Test
    void nothingCanBeChangedAfterTheEnd() {
        Invalidations<String> invalidations = Invalidations.begin(invalidator);
        invalidations.close();
        invalidations.close();

        assertThatIllegalStateException().isThrownBy(() -> invalidations.changed("a"));
    }

    @Test
    void secondCloseDropsNothing() {
        Invalidations<String> invalidations = Invalidations.begin(invalidator);
        invalidations.changed("a");
        invalidations.close();

        invalidations.close();

        assertThat(invalidator.calls).containsExactly(Set.of("a"), Set.of("a"));
    }

    @Test
    void cacheIsInvalidatedByRemoving() {
        try (CacheManager manager = Provider.LARDER.newManager()) {
            Cache<String, Integer> cache = manager.createCache("numbers", new MutableConfiguration<>());
            Invalidator<String> ofCache = Invalidator.of(cache);
            cache.put("a", 1);
            cache.put("b", 1);
            cache.put("c", 1);

            ofCache.invalidate(Set.of("a", "b"));
            assertThat(cache.containsKey("a")).isFalse();
            assertThat(cache.containsKey("c")).isTrue();

            ofCache.invalidateAll();
            assertThat(cache.containsKey("c")).isFalse();
        }
    }

    @Test
    void cacheThatWritesThroughIsRefused() {
        try (CacheManager manager = Provider.LARDER.newManager()) {
            Cache<String, Integer> cache = manager.createCache(
                    "numbers",
                    new MutableConfiguration<String, Integer>()
                            .setWriteThrough(true)
                            .setCacheWriterFactory(() -> Writers.of((key, value) -> {}, key -> {})));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Invalidator.of(cache))
                    .withMessageContaining("removing an entry would delete its row");
        }
    }
}
