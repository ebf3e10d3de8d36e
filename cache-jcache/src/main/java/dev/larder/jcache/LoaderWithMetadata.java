package dev.larder.jcache;

import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * A loader that decides with each value how long it lives and which tags it has. It is set where any other loader is, and a cache
 * of Larder calls the methods here in place of {@link #load} and {@link #loadAll}. For example:
 *
 * <pre>{@code
 * final class RateLoader implements LoaderWithMetadata<String, Rate> {
 *     @Override
 *     public Loaded<Rate> loadWithMetadata(String currency) {
 *         Rate rate = bank.rateOf(currency);
 *         return Loaded.of(rate).withTtl(rate.validFor()).withTags("rates");
 *     }
 * }
 * }</pre>
 *
 * <p>The rules of {@link CacheLoader} hold here too: null stands for no value, what is thrown reaches the caller as a
 * {@link javax.cache.integration.CacheLoaderException}, and many threads may load at once.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public interface LoaderWithMetadata<K, V> extends CacheLoader<K, V> {

    /** Loads the value of a key, or returns null if there is none. */
    @Nullable
    Loaded<V> loadWithMetadata(K key);

    /**
     * Loads the values of several keys; those without one are not in the answer. Here they are loaded one by one.
     *
     * @return never null
     */
    default Map<K, Loaded<V>> loadAllWithMetadata(Iterable<? extends K> keys) {
        Map<K, Loaded<V>> all = new HashMap<>();
        for (K key : keys) {
            Loaded<V> loaded = loadWithMetadata(key);
            if (loaded != null) {
                all.put(key, loaded);
            }
        }
        return all;
    }

    /** Loads a value for who has no use for the rest. */
    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants for none, and javax.cache has no annotations
    default V load(K key) {
        Loaded<V> loaded = loadWithMetadata(key);
        return loaded == null ? null : loaded.value();
    }

    /** Loads values for who has no use for the rest. */
    @Override
    default Map<K, V> loadAll(Iterable<? extends K> keys) {
        Map<K, V> values = new HashMap<>();
        loadAllWithMetadata(keys).forEach((key, loaded) -> values.put(key, loaded.value()));
        return values;
    }
}
