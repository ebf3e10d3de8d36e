package dev.larder.jcache.internal.config;

import dev.larder.jcache.CacheSettings;
import java.net.URI;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;

/** What decides how the caches of a manager are: the code alone, or a file under what the code says. */
public interface ManagerConfiguration extends AutoCloseable {

    /**
     * Finds and reads the file of a manager, if it has one. Jackson is loaded only if there is a file.
     *
     * @param isDefaultUri whether the URI is the provider's default, for which {@code larder.json} counts
     * @throws CacheException if the file is not there or anything in it is wrong
     */
    static ManagerConfiguration of(URI uri, boolean isDefaultUri, ClassLoader classLoader) {
        ConfigurationFile file = ConfigurationFile.find(uri, isDefaultUri, classLoader);
        return file == null
                ? new CodeConfiguration()
                : FileConfiguration.read(file, classLoader, Surroundings.ofThisProcess());
    }

    /** Returns the names of the caches that are to exist from the start. */
    Set<String> declaredCaches();

    /** Returns what such a cache is to be created with. */
    Configuration<?, ?> declared(String cacheName, ClassLoader classLoader);

    /**
     * Returns how a cache is to be.
     *
     * @throws CacheException if the file will not have such a cache
     */
    <K, V> CacheSettings<K, V> settingsOf(String cacheName, Configuration<K, V> asked, ClassLoader classLoader);

    /** Forgets a cache that is no more. */
    void forget(String cacheName);

    /** Returns the configuration in effect for these caches, for people; without secrets. */
    String describe(Set<String> caches);

    /** Closes the stores that the caches shared. */
    @Override
    void close();
}
