package dev.larder.patterns.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/** A loader of two functions, one for a key and one for many. */
final class FunctionLoader<K, V> implements CacheLoader<K, V> {

    private final Source<? super K, ? extends V> one;
    private final Source<? super Set<K>, ? extends Map<? extends K, ? extends V>> many;

    FunctionLoader(
            Source<? super K, ? extends V> one, Source<? super Set<K>, ? extends Map<? extends K, ? extends V>> many) {
        this.one = one;
        this.many = many;
    }

    @Override
    public @Nullable V load(K key) {
        try {
            return one.fetch(key);
        } catch (Exception e) {
            throw LoadFailure.of(1, "", e);
        }
    }

    @Override
    public Map<K, V> loadAll(Iterable<? extends K> keys) {
        Set<K> asked = Keys.distinct(keys);
        if (asked.isEmpty()) {
            return Map.of();
        }
        try {
            return new HashMap<>(Loaders.required(many.fetch(asked)));
        } catch (Exception e) {
            throw LoadFailure.of(asked.size(), "", e);
        }
    }
}
