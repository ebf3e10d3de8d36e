package dev.larder.jcache.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;

/** What loader and writer of a cache are asked. If they fail, it comes out as the standard wants it. */
record ModelSource<V>(Setup setup, ValuePool<V> values, Outside<V> outside) {

    /**
     * What a call for many keys came to.
     *
     * @param failure what it ended with, or null
     */
    record Result(Set<String> done, CacheWriterException failure) {}

    /** Returns the value of a key that was missed, or null. */
    V loadMissing(String key) {
        return setup.readsThrough() ? loading(() -> outside.load(key)) : null;
    }

    /** Returns the values there are. */
    Map<String, V> loadAll(Set<String> keys) {
        if (setup.loader() == Setup.LoaderUse.NONE || keys.isEmpty()) {
            return Map.of();
        }
        Map<String, V> loaded = loading(() -> outside.loadAll(keys));
        loaded.values().removeIf(Objects::isNull);
        return loaded;
    }

    private static <T> T loading(Supplier<T> call) {
        try {
            return call.get();
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheLoaderException(e);
        }
    }

    void write(String key, V value) {
        if (setup.writesThrough()) {
            writing(() -> outside.write(entry(key, value)));
        }
    }

    private Cache.Entry<String, V> entry(String key, V value) {
        return new ModelCacheEntry<>(key, values.copy(value));
    }

    void delete(String key) {
        if (setup.writesThrough()) {
            writing(() -> outside.delete(key));
        }
    }

    private static void writing(Runnable call) {
        try {
            call.run();
        } catch (CacheWriterException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheWriterException(e);
        }
    }

    /** A writer that fails has left in the collection what it did not do. */
    Result writeAll(Map<? extends String, ? extends V> all) {
        List<Cache.Entry<? extends String, ? extends V>> left = new ArrayList<>();
        all.forEach((key, value) -> left.add(entry(key, value)));
        CacheWriterException failure = failureOf(all.keySet(), () -> outside.writeAll(left));
        return result(all.keySet(), left.stream().map(Cache.Entry::getKey).toList(), failure);
    }

    Result deleteAll(Set<? extends String> keys) {
        Set<String> left = new HashSet<>(keys);
        CacheWriterException failure = failureOf(keys, () -> outside.deleteAll(left));
        return result(keys, left, failure);
    }

    private CacheWriterException failureOf(Set<?> keys, Runnable call) {
        if (!setup.writesThrough() || keys.isEmpty()) {
            return null;
        }
        try {
            writing(call);
            return null;
        } catch (CacheWriterException e) {
            return e;
        }
    }

    private static Result result(
            Set<? extends String> keys, Iterable<? extends String> left, CacheWriterException failure) {
        Set<String> done = new LinkedHashSet<>(keys);
        if (failure != null) {
            left.forEach(done::remove);
        }
        return new Result(done, failure);
    }
}
