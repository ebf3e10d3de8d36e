package dev.larder.patterns.behind;

import java.util.Collection;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** Passes all on. */
class ForwardingWriter implements CacheWriter<String, Integer> {

    private final CacheWriter<String, Integer> target;

    ForwardingWriter(CacheWriter<String, Integer> target) {
        this.target = target;
    }

    /** Called before each write and delete. */
    void before() {}

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
        before();
        target.write(entry);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
        before();
        target.writeAll(entries);
    }

    @Override
    public void delete(Object key) {
        before();
        target.delete(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        before();
        target.deleteAll(keys);
    }
}
