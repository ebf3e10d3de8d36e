package dev.larder.jcache.internal.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** Writes down what it is told. */
public final class TestWriter implements CacheWriter<Object, Object> {

    static final List<String> WRITTEN = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void write(Cache.Entry<?, ?> entry) {
        WRITTEN.add(entry.getKey() + "=" + entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
        entries.forEach(this::write);
        entries.clear();
    }

    @Override
    public void delete(Object key) {
        WRITTEN.add("-" + key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        keys.forEach(this::delete);
        keys.clear();
    }
}
