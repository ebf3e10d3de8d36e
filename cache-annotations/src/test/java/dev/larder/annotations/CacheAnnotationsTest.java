package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.extra.Tags;
import dev.larder.annotations.extra.Ttl;
import dev.larder.annotations.key.ParametersKey;
import dev.larder.jcache.LarderCache;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CacheAnnotationsTest {

    private final CacheManager manager = Managers.of(Managers.LARDER);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private CacheAnnotations.Builder builder() {
        return CacheAnnotations.builder().cacheManager(manager);
    }

    /** What most are about. */
    interface Items {

        @CacheResult(cacheName = "items")
        @Nullable
        String find(String key);

        @CacheResult(cacheName = "items")
        @Nullable
        String findWith(String key, int number);

        @CachePut(cacheName = "items")
        void put(@CacheKey String key, @CacheValue String value);

        @CacheRemove(cacheName = "items")
        void remove(String key);

        @CacheRemoveAll(cacheName = "items")
        void removeAll();
    }

    private final class NoItems implements Items {

        @Override
        public @Nullable String find(String key) {
            calls.incrementAndGet();
            return key.isEmpty() ? "empty" : null;
        }

        @Override
        public String findWith(String key, int number) {
            return key + number;
        }

        @Override
        public void put(String key, String value) {}

        @Override
        public void remove(String key) {}

        @Override
        public void removeAll() {}

        @Override
        public String toString() {
            return "no items";
        }
    }

    private Items items(CacheAnnotations.Builder builder) {
        return CachedProxy.of(Items.class, new NoItems(), builder.build());
    }

    @Test
    void onlyKeyParameterCanBeTheKey() {
        Items items = items(builder().bareKeys(true));

        items.put("tea", "5");
        items.findWith("tea", 2);

        assertThat(manager.getCache("items").get("tea")).isEqualTo("5");
        assertThat(manager.getCache("items").get(ParametersKey.of("tea", 2))).isEqualTo("tea2");
    }

    @Test
    void absenceCanBeRememberedUntilSomethingChanges() {
        Items items = items(builder().absentFor(Duration.ofMinutes(1)));

        items.find("tea");
        items.find("tea");
        assertThat(calls).hasValue(1);

        items.put("tea", "5");
        assertThat(items.find("tea")).isEqualTo("5");

        items.remove("tea");
        items.find("tea");
        assertThat(calls).hasValue(2);

        items.removeAll();
        items.find("tea");
        assertThat(calls).hasValue(3);
    }

    @Test
    void cacheIsMadeOnFirstUseAndAgainIfItWasDestroyed() {
        Items items = items(builder());
        assertThat(manager.getCache("items") == null).isTrue();

        items.find("");
        items.find("");
        assertThat(calls).hasValue(1);

        manager.destroyCache("items");
        items.find("");
        assertThat(calls).hasValue(2);
    }

    /** With TTL and tags. */
    interface Tagged {

        @CacheResult(cacheName = "tagged")
        @Ttl(value = 1, unit = TimeUnit.MILLISECONDS)
        Integer brief(String key);

        @CacheResult(cacheName = "tagged")
        @Tags({"all", "of:{0}"})
        Integer tagged(String owner, int number);

        @CachePut(cacheName = "tagged")
        @Ttl(5)
        @Tags("all")
        void put(@CacheKey String key, @CacheValue Integer value);
    }

    private Tagged tagged(CacheAnnotations.Builder builder) {
        return CachedProxy.of(
                Tagged.class,
                new Tagged() {
                    @Override
                    public Integer brief(String key) {
                        return calls.incrementAndGet();
                    }

                    @Override
                    public Integer tagged(String owner, int number) {
                        return calls.incrementAndGet();
                    }

                    @Override
                    public void put(String key, Integer value) {}
                },
                builder.build());
    }

    @Test
    @Timeout(60)
    void ttlIsOfTheMethod() {
        Tagged tagged = tagged(builder());

        while (tagged.brief("a") < 3) {
            Thread.onSpinWait(); // without a TTL it would be 1 for ever
        }

        assertThat(calls).hasValue(3);
    }

    @Test
    void tagsNameArguments() {
        Tagged tagged = tagged(builder());
        tagged.tagged("eve", 1);
        tagged.tagged("bob", 1);
        LarderCache<Object, Object> cache = LarderCache.of(manager.getCache("tagged"));

        cache.invalidateTag("of:eve");

        assertThat(cache.containsKey(ParametersKey.of("eve", 1))).isFalse();
        assertThat(cache.containsKey(ParametersKey.of("bob", 1))).isTrue();
        tagged.put("x", 7);
        cache.invalidateTag("all");
        assertThat((Cache<Object, Object>) cache).isEmpty();
    }

    @Test
    void ttlIsIgnoredOverAnotherProviderOrRefusedInStrictMode() {
        try (CacheManager other = Managers.of(Managers.CAFFEINE)) {
            assertThat(tagged(CacheAnnotations.builder().cacheManager(other)).brief("a"))
                    .isEqualTo(1);
            Tagged strict =
                    tagged(CacheAnnotations.builder().cacheManager(other).strict(true));
            assertThatThrownBy(() -> strict.brief("a"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not one of Larder's");
        }
    }

    /** Two types in one cache. */
    interface Mixed {

        @CacheResult(cacheName = "mixed")
        List<String> names(String key);

        @CacheResult(cacheName = "mixed")
        List<Integer> numbers(String key);
    }

    private static final class MixedBean implements Mixed {

        @Override
        public List<String> names(String key) {
            return List.of();
        }

        @Override
        public List<Integer> numbers(String key) {
            return List.of();
        }
    }

    @Test
    void twoTypesInOneCacheAreRefusedInStrictMode() {
        assertThat(CachedProxy.of(Mixed.class, new MixedBean(), builder().build()))
                .isNotNull();
        assertThatThrownBy(() -> CachedProxy.of(
                        Mixed.class, new MixedBean(), builder().strict(true).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache \"mixed\" would hold");
    }

    /** With methods that nobody can intercept. */
    public static class Hidden {

        @CacheResult
        private String secret(String key) {
            return key;
        }

        @CacheResult
        public static String shared(String key) {
            return key;
        }

        @CacheResult
        public final String last(String key) {
            return secret(key);
        }
    }

    @Test
    void methodThatCannotBeInterceptedIsRefusedInStrictMode() {
        builder().build().prepare(Hidden.class, true); // only logged
        CacheAnnotations strict = builder().strict(true).build();

        assertThatThrownBy(() -> strict.prepare(Hidden.class, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("because it is private")
                .hasMessageContaining("because it is static")
                .hasMessageContaining("because it is final");
    }

    /** With more than can be obeyed. */
    interface Torn {

        @CacheResult
        @CacheRemoveAll
        String find(String key);
    }

    @Test
    void twoAnnotationsOfOneMethodAreRefused() {
        Torn torn = key -> key;

        assertThatThrownBy(() -> CachedProxy.of(Torn.class, torn, builder().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of them can be obeyed, not both");
    }

    /** Puts nothing. */
    interface Valueless {

        @CachePut
        void put(String key, String value);
    }

    @Test
    void putWithoutAValueIsRefused() {
        Valueless valueless = (key, value) -> {};

        assertThatThrownBy(() ->
                        CachedProxy.of(Valueless.class, valueless, builder().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exactly one parameter needs @CacheValue, and 0 have it");
    }

    @Test
    void proxyIsEqualToAnotherOfItsTarget() {
        NoItems target = new NoItems();
        Items one = CachedProxy.of(Items.class, target, builder().build());
        Items other = CachedProxy.of(Items.class, target, builder().build());

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(items(builder()));
        assertThat(one).hasToString("no items");
    }
}
