package dev.larder.jcache.internal.config;

import dev.larder.store.StoreProvider;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import javax.cache.CacheException;

/** The kinds of store that are on the class path, by the word that stands for them. */
final class StoreProviders {

    private final Map<String, StoreProvider<?>> byType = new TreeMap<>();

    /**
     * Finds what the application's class loader sees, and what Larder's own does.
     *
     * @throws CacheException if two claim the same word, or one cannot be loaded
     */
    StoreProviders(ClassLoader classLoader) {
        try {
            ServiceLoader.load(StoreProvider.class, classLoader).forEach(this::add);
            ServiceLoader.load(StoreProvider.class, StoreProviders.class.getClassLoader())
                    .forEach(this::add);
        } catch (ServiceConfigurationError e) {
            throw new CacheException("a kind of store on the class path cannot be loaded: " + e.getMessage(), e);
        }
    }

    private void add(StoreProvider<?> provider) {
        StoreProvider<?> other = byType.putIfAbsent(provider.type(), provider);
        if (other != null && other.getClass() != provider.getClass()) {
            throw new CacheException("stores of type \"" + provider.type() + "\" are made by "
                    + other.getClass().getName() + " and by "
                    + provider.getClass().getName() + "; leave one of them on the class path");
        }
    }

    /** Returns the words there are. */
    Set<String> types() {
        return byType.keySet();
    }

    /** Returns the one for a word that there is. */
    StoreProvider<?> get(String type) {
        return Objects.requireNonNull(byType.get(type), type);
    }
}
