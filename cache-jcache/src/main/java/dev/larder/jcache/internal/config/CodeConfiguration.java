package dev.larder.jcache.internal.config;

import dev.larder.jcache.CacheSettings;
import java.util.Set;
import javax.cache.configuration.Configuration;

/** There is no file: the code decides. */
final class CodeConfiguration implements ManagerConfiguration {

    @Override
    public Set<String> declaredCaches() {
        return Set.of();
    }

    @Override
    public Configuration<?, ?> declared(String cacheName, ClassLoader classLoader) {
        throw new IllegalArgumentException("no cache is declared in code: " + cacheName);
    }

    @Override
    public <K, V> CacheSettings<K, V> settingsOf(String cacheName, Configuration<K, V> asked, ClassLoader classLoader) {
        return CacheSettings.from(asked);
    }

    @Override
    public void forget(String cacheName) {}

    @Override
    public String describe(Set<String> caches) {
        return "no configuration file: the code decides\n";
    }

    @Override
    public void close() {}
}
