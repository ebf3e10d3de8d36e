package dev.larder.patterns.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Makes loaders of functions; for tables there is {@link JdbcLoader}.
 *
 * <pre>{@code
 * CacheLoader<Long, User> loader = Loaders.repository(users::findById, users::findAllById, User::id);
 * configuration.setReadThrough(true).setCacheLoaderFactory(() -> loader);
 * }</pre>
 *
 * <p>What a function throws comes out as a {@link CacheLoaderException} that says how many keys were asked for, but
 * not which; errors and what is a {@code CacheLoaderException} already stay as they are. A loader can be used by as many threads as its functions can.
 */
public final class Loaders {

    private Loaders() {}

    /**
     * Returns a loader that asks for each key by itself, also in {@code loadAll}.
     *
     * @param source returns null for a key without a value
     */
    public static <K, V> CacheLoader<K, V> of(Source<? super K, ? extends V> source) {
        Objects.requireNonNull(source, "source");
        return of(source, keys -> each(source, keys));
    }

    /**
     * Returns a loader that asks for any number of keys with one call.
     *
     * @param source returns the values that there are; a key without one is left out
     */
    public static <K, V> CacheLoader<K, V> bulk(
            Source<? super Set<K>, ? extends Map<? extends K, ? extends V>> source) {
        Objects.requireNonNull(source, "source");
        return of(key -> required(source.fetch(Set.of(key))).get(key), source);
    }

    /** Returns a loader that asks one function for single keys, and another for many with one call. */
    public static <K, V> CacheLoader<K, V> of(
            Source<? super K, ? extends V> one, Source<? super Set<K>, ? extends Map<? extends K, ? extends V>> many) {
        return new FunctionLoader<>(Objects.requireNonNull(one, "one"), Objects.requireNonNull(many, "many"));
    }

    /**
     * Returns a loader over a repository, as Spring Data and others have them.
     *
     * @param findById finds one entity
     * @param findAllById finds those there are, in any order
     * @param id returns the key of an entity
     */
    public static <K, V> CacheLoader<K, V> repository(
            Source<? super K, Optional<V>> findById,
            Source<? super Set<K>, ? extends Iterable<? extends V>> findAllById,
            Function<? super V, ? extends K> id) {
        Objects.requireNonNull(findById, "findById");
        Objects.requireNonNull(findAllById, "findAllById");
        Objects.requireNonNull(id, "id");
        return of(
                key -> required(findById.fetch(key)).orElse(null), keys -> byId(required(findAllById.fetch(keys)), id));
    }

    /** Returns what a function returned, which only one that is asked for a single value may leave out. */
    static <T> T required(@Nullable T answer) {
        if (answer == null) {
            throw new CacheLoaderException("the function of a loader returned null; return an empty answer instead");
        }
        return answer;
    }

    private static <K, V> Map<K, V> each(Source<? super K, ? extends V> source, Set<K> keys) throws Exception {
        Map<K, V> found = new HashMap<>();
        for (K key : keys) {
            V value = source.fetch(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    private static <K, V> Map<K, V> byId(Iterable<? extends V> entities, Function<? super V, ? extends K> id) {
        Map<K, V> found = new HashMap<>();
        for (V entity : entities) {
            found.put(id.apply(entity), entity);
        }
        return found;
    }
}
