package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.extra.Tags;
import dev.larder.annotations.key.ParametersKey;
import dev.larder.jcache.LarderCache;
import java.util.function.UnaryOperator;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tags with numbers of arguments in them. */
class TagPatternsTest {

    private final CacheManager manager = Managers.of(Managers.LARDER);
    private final CacheAnnotations annotations =
            CacheAnnotations.builder().cacheManager(manager).build();

    /** Says both arguments. */
    @FunctionalInterface
    interface Tagged {

        @CacheResult(cacheName = "tagged")
        @Tags({"{0}/{1}", "{x} {}"})
        String find(String owner, String item);
    }

    /** Says more than there are. */
    @FunctionalInterface
    interface Mistaken {

        @CacheResult(cacheName = "tagged")
        @Tags("owner:{1}")
        String find(String owner);
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void argumentsAreTakenAsTheyAre() {
        Tagged tagged = CachedProxy.of(Tagged.class, (owner, item) -> item, annotations);
        tagged.find("{1}", "$1\\");
        LarderCache<Object, Object> cache = LarderCache.of(manager.getCache("tagged"));

        cache.invalidateTag("$1\\/$1\\");
        assertThat(cache.containsKey(ParametersKey.of("{1}", "$1\\"))).isTrue();
        cache.invalidateTag("{1}/$1\\");
        assertThat(cache.containsKey(ParametersKey.of("{1}", "$1\\"))).isFalse();
    }

    @Test
    void otherBracesAreTakenAsTheyAre() {
        CachedProxy.of(Tagged.class, (owner, item) -> item, annotations).find("a", "b");
        LarderCache<Object, Object> cache = LarderCache.of(manager.getCache("tagged"));

        cache.invalidateTag("{x} {}");

        assertThat(cache.containsKey(ParametersKey.of("a", "b"))).isFalse();
    }

    @Test
    void numberWithoutAnArgumentIsRefused() {
        Mistaken mistaken = UnaryOperator.<String>identity()::apply;

        assertThatThrownBy(() -> CachedProxy.of(Mistaken.class, mistaken, annotations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tag \"owner:{1}\" asks for argument {1} of 1");
    }
}
