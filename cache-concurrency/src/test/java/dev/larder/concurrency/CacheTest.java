package dev.larder.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.provider.LarderCachingProvider;
import javax.cache.Cache;
import javax.cache.processor.MutableEntry;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Operations of a cache on single keys are linearizable, also while the first entry processor closes the direct way. */
class CacheTest {

    /** What can be done to an entry of a cache. */
    public abstract static class CacheOperations {

        static final String KEYS = "1:2";
        private static final String VALUES = "1:3";
        private static final StillTime TIME = new StillTime();

        final Cache<Integer, Integer> cache = LarderCachingProvider.withTime(TIME, TIME)
                .getCacheManager()
                .createCache(
                        "numbers",
                        CacheSettings.builder(Integer.class, Integer.class).build());

        @Operation
        public @Nullable Integer get(@Param(gen = IntGen.class, conf = KEYS) int key) {
            return cache.get(key);
        }

        @Operation
        public boolean containsKey(@Param(gen = IntGen.class, conf = KEYS) int key) {
            return cache.containsKey(key);
        }

        @Operation
        public void put(
                @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = IntGen.class, conf = VALUES) int value) {
            cache.put(key, value);
        }

        @Operation
        public @Nullable Integer getAndPut(
                @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = IntGen.class, conf = VALUES) int value) {
            return cache.getAndPut(key, value);
        }

        @Operation
        public boolean putIfAbsent(
                @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = IntGen.class, conf = VALUES) int value) {
            return cache.putIfAbsent(key, value);
        }

        @Operation
        public boolean replace(
                @Param(gen = IntGen.class, conf = KEYS) int key,
                @Param(gen = IntGen.class, conf = VALUES) int expected,
                @Param(gen = IntGen.class, conf = VALUES) int value) {
            return cache.replace(key, expected, value);
        }

        @Operation
        public @Nullable Integer getAndReplace(
                @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = IntGen.class, conf = VALUES) int value) {
            return cache.getAndReplace(key, value);
        }

        @Operation
        public boolean remove(@Param(gen = IntGen.class, conf = KEYS) int key) {
            return cache.remove(key);
        }

        @Operation
        public boolean removeValue(
                @Param(gen = IntGen.class, conf = KEYS) int key,
                @Param(gen = IntGen.class, conf = VALUES) int expected) {
            return cache.remove(key, expected);
        }

        @Operation
        public abstract int increment(@Param(gen = IntGen.class, conf = KEYS) int key);
    }

    /** Increments by an entry processor. */
    public static final class Processing extends CacheOperations {

        @Override
        @Operation
        public int increment(@Param(gen = IntGen.class, conf = KEYS) int key) {
            return cache.invoke(key, Processing::increment);
        }

        private static int increment(MutableEntry<Integer, Integer> entry, Object... arguments) {
            int next = entry.exists() ? entry.getValue() + 1 : 1;
            entry.setValue(next);
            return next;
        }
    }

    /** Increments by a get and a put. */
    public static final class GetAndThenPut extends CacheOperations {

        @Override
        @Operation
        public int increment(@Param(gen = IntGen.class, conf = KEYS) int key) {
            Integer found = cache.get(key);
            int next = found == null ? 1 : found + 1;
            cache.put(key, next);
            return next;
        }
    }

    /** Making a cache is much for the model checker. */
    @Test
    @EnabledIfSystemProperty(named = "larder.stress", matches = "true")
    void cacheIsLinearizableUnderModelChecking() {
        Lincheck.modelCheck(Processing.class);
    }

    @Test
    void cacheIsLinearizableUnderStress() {
        Lincheck.stress(Processing.class);
    }

    @Test
    void incrementsByGetAndPutAreRejected() {
        assertThatThrownBy(() -> Lincheck.stressBroken(GetAndThenPut.class)).isInstanceOf(LincheckAssertionError.class);
    }
}
