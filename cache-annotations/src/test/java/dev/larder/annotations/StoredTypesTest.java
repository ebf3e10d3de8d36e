package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which types are the same to strict mode. */
class StoredTypesTest {

    private final CacheManager manager = Managers.of(Managers.LARDER);
    private final CacheAnnotations strict =
            CacheAnnotations.builder().cacheManager(manager).strict(true).build();

    /** What is stored is a text each time. */
    @CacheDefaults(cacheName = "texts")
    interface Texts {

        @CacheResult
        default String find(String key) {
            return key;
        }

        @CacheResult
        default CompletionStage<Optional<? extends String>> findLater(String key) {
            throw new UnsupportedOperationException(key);
        }

        @CachePut
        default void put(@CacheKey String key, @CacheValue Optional<String> value) {}
    }

    /** What is stored is a number, as a result and by a put. */
    @CacheDefaults(cacheName = "numbers")
    interface Numbers {

        @CacheResult
        default int count(String key) {
            return key.length();
        }

        @CachePut
        default void put(@CacheKey String key, @CacheValue Integer value) {}
    }

    /** A put of something else than what is found. */
    @CacheDefaults(cacheName = "mixed")
    interface Mixed {

        @CacheResult
        default String find(String key) {
            return key;
        }

        @CachePut
        default void put(@CacheKey String key, @CacheValue Optional<Integer> value) {}
    }

    /** What is stored depends on who implements it. */
    interface Repository<T> {

        @CacheResult(cacheName = "repository")
        default List<T[]> all(String key) {
            return List.of();
        }
    }

    /** One. */
    interface OfTexts extends Repository<String> {}

    /** Another of the same. */
    interface AlsoOfTexts extends Repository<String> {}

    /** Another. */
    interface OfNumbers extends Repository<Integer> {}

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void contentOfAnOptionalCounts() {
        assertThat(CachedProxy.of(Texts.class, new Texts() {}, strict)).isNotNull();
        assertThatThrownBy(() -> CachedProxy.of(Mixed.class, new Mixed() {}, strict))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache \"mixed\" would hold");
    }

    @Test
    void primitiveIsItsWrapper() {
        assertThat(CachedProxy.of(Numbers.class, new Numbers() {}, strict)).isNotNull();
    }

    @Test
    void variablesWithinTypesAreWhatTheyStandFor() {
        assertThat(CachedProxy.of(OfTexts.class, new OfTexts() {}, strict)).isNotNull();
        assertThat(CachedProxy.of(AlsoOfTexts.class, new AlsoOfTexts() {}, strict))
                .isNotNull();
        assertThatThrownBy(() -> CachedProxy.of(OfNumbers.class, new OfNumbers() {}, strict))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.util.List<java.lang.String[]>")
                .hasMessageContaining("java.util.List<java.lang.Integer[]>");
    }
}
