package dev.larder.jcache.lifecycle;

import java.util.Map;
import javax.cache.integration.CacheLoader;

/** A loader to make others of. */
class LoaderOfNothing implements CacheLoader<String, String> {

    @Override
    public String load(String key) {
        return null;
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
        return Map.of();
    }
}
