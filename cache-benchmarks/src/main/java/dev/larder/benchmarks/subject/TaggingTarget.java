package dev.larder.benchmarks.subject;

import dev.larder.jcache.LarderCache;
import java.util.Set;

/** A cache of Larder whose entries all have one tag. */
final class TaggingTarget extends JCacheTarget {

    private static final Set<String> TAGS = Set.of("all");

    private final LarderCache<Integer, Object> cache;

    TaggingTarget(LarderCache<Integer, Object> cache) {
        super(cache);
        this.cache = cache;
    }

    @Override
    public void put(Integer key, Object value) {
        cache.put(key, value, TAGS);
    }
}
