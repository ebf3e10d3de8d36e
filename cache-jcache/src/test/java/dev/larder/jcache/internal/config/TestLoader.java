package dev.larder.jcache.internal.config;

import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;

/** Loads a text in capital letters. */
public final class TestLoader implements CacheLoader<String, String> {

    @Override
    public String load(String key) {
        return key.toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
        Map<String, String> all = new HashMap<>();
        keys.forEach(key -> all.put(key, load(key)));
        return all;
    }
}
