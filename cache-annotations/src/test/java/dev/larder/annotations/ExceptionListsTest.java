package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which exceptions change a cache if both lists name some, and what {@code skipGet} has to do with cached ones. */
class ExceptionListsTest {

    private final CacheManager manager = Managers.of(Managers.LARDER);
    private final Rows rows = CachedProxy.of(
            Rows.class,
            new Rows() {},
            CacheAnnotations.builder().cacheManager(manager).bareKeys(true).build());

    /** What is called; each throws what it is given. */
    @CacheDefaults(cacheName = "rows")
    interface Rows {

        @CacheRemove(evictFor = IllegalArgumentException.class, noEvictFor = NumberFormatException.class)
        default void remove(@CacheKey String key, RuntimeException failure) {
            throw failure;
        }

        @CacheRemoveAll(evictFor = IllegalArgumentException.class, noEvictFor = NumberFormatException.class)
        default void removeAll(RuntimeException failure) {
            throw failure;
        }

        @CacheResult(exceptionCacheName = "failures")
        default String find(@CacheKey String key, RuntimeException failure) {
            throw failure;
        }

        @CacheResult(skipGet = true, exceptionCacheName = "failures")
        default String refresh(@CacheKey String key, @Nullable RuntimeException failure) {
            if (failure != null) {
                throw failure;
            }
            return "refreshed";
        }
    }

    @BeforeEach
    void fill() {
        manager.createCache("rows", new MutableConfiguration<>()).put("key", "row");
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private boolean isCachedAfter(Consumer<RuntimeException> removal, RuntimeException failure) {
        assertThatThrownBy(() -> removal.accept(failure)).isSameAs(failure);
        return manager.getCache("rows").containsKey("key");
    }

    static Stream<Named<RemovalOf>> removals() {
        return Stream.of(
                Named.of("remove", (rows, failure) -> rows.remove("key", failure)),
                Named.of("remove all", Rows::removeAll));
    }

    /** A removal that throws. */
    @FunctionalInterface
    interface RemovalOf {

        void run(Rows rows, RuntimeException failure);
    }

    @ParameterizedTest
    @MethodSource("removals")
    void ofTwoListsTheOneExcludesFromTheOther(RemovalOf removal) {
        Consumer<RuntimeException> run = failure -> removal.run(rows, failure);

        assertThat(isCachedAfter(run, new IllegalStateException("in neither"))).isTrue();
        assertThat(isCachedAfter(run, new NumberFormatException("in both"))).isTrue();
        assertThat(isCachedAfter(run, new IllegalArgumentException("in the first")))
                .isFalse();
    }

    @Test
    void skipGetAsksNoCacheOfExceptionsAndCachesWhatIsThrown() {
        manager.getCache("rows").remove("key");
        RuntimeException first = new IllegalStateException("first");
        RuntimeException second = new IllegalStateException("second");
        assertThatThrownBy(() -> rows.find("key", first)).hasMessage("first");
        assertThatThrownBy(() -> rows.find("key", second)).hasMessage("first");

        assertThatThrownBy(() -> rows.refresh("key", second)).isSameAs(second);
        assertThatThrownBy(() -> rows.find("key", first)).hasMessage("second");

        assertThat(rows.refresh("key", null)).isEqualTo("refreshed");
        assertThat(rows.find("key", first)).isEqualTo("refreshed");
    }
}
