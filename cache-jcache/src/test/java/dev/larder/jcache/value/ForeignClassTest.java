package dev.larder.jcache.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.Box;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ChildLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values of a class that the manager's class loader knows as another class of the same name. */
class ForeignClassTest {

    private final CacheMaker maker = new CacheMaker();
    private final ChildLoader child = new ChildLoader();

    @AfterEach
    void close() {
        maker.close();
    }

    private LarderCache<String, Object> cache(CacheSettings.Builder<String, Object> settings) {
        return LarderCache.of(maker.provider().getCacheManager(null, child).createCache("boxes", settings.build()));
    }

    private static CacheSettings.Builder<String, Object> objects() {
        return CacheSettings.builder(String.class, Object.class);
    }

    @Test
    void valuesThatComeOutAreOfTheManagersLoader() {
        LarderCache<String, Object> cache = cache(objects());
        cache.put("k", new Box("v"));

        List<Object> got = new ArrayList<>();
        got.add(cache.get("k"));
        got.addAll(cache.getAll(Set.of("k")).values());
        got.add(cache.iterator().next().getValue());
        got.add(cache.invoke("k", (entry, arguments) -> entry.getValue()));
        got.add(cache.getAndPut("k", new Box("w")));
        got.add(cache.getAndRemove("k"));

        assertThat(got).hasSize(6).allSatisfy(value -> assertThat(value).isInstanceOf(child.boxClass()));
        assertThat(got).extracting(Object::toString).contains("Box(v)", "Box(w)");
    }

    @Test
    void valuesOfTheManagersLoaderStayOfIt() throws Exception {
        LarderCache<String, Object> cache = cache(objects());

        cache.put("k", child.boxClass().getConstructor(String.class).newInstance("v"));

        assertThat(cache.get("k")).isInstanceOf(child.boxClass()).hasToString("Box(v)");
    }

    @Test
    void expectedValuesAreComparedAsValuesOfTheManagersLoader() {
        LarderCache<String, Object> cache = cache(objects());
        cache.put("k", new Box("v"));

        assertThat(cache.replace("k", cache.get("k"), "w")).isTrue();
    }

    @Test
    void loadedValuesAreOfTheManagersLoader() {
        LarderCache<String, Object> cache = cache(objects().loader(new CacheLoader<>() {
            @Override
            public Object load(String key) {
                return new Box(key);
            }

            @Override
            public Map<String, Object> loadAll(Iterable<? extends String> keys) {
                return Map.of("b", new Box("b"));
            }
        }));

        assertThat(cache.get("a")).isInstanceOf(child.boxClass());
        assertThat(cache.getAll(Set.of("b")).get("b")).isInstanceOf(child.boxClass());
    }

    @Test
    void byReferenceValuesStayAsTheyAre() {
        LarderCache<String, Object> cache = cache(objects().storeByReference());

        cache.put("k", new Box("v"));

        assertThat(cache.get("k")).isInstanceOf(Box.class);
    }
}
