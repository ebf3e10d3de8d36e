package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Step;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Sessions in a cache. */
record CacheRecords(Cache<String, byte[]> cache) implements Records {

    @Override
    public byte @Nullable [] get(String key) {
        return CacheCalls.call(cache, each -> each.get(key));
    }

    @Override
    public Map<String, byte[]> getAll(Set<String> keys) {
        return CacheCalls.call(cache, each -> each.getAll(keys));
    }

    @Override
    public Answer invoke(String key, Step step) {
        return CacheCalls.call(cache, each -> each.invoke(key, step));
    }
}
