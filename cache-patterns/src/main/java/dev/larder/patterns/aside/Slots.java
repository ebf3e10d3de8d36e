package dev.larder.patterns.aside;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;

/**
 * The steps that a load takes in the cache. A cache that fails in them is done without: nothing is marked then, or nothing stored.
 *
 * @param cache where the slots are
 */
record Slots<K, V>(Cache<K, Slot<V>> cache) {

    private static final System.Logger LOGGER = System.getLogger(CacheAside.class.getName());

    /** Returns what is there for each of the keys. */
    Map<K, Slot<V>> look(Set<K> keys) {
        if (keys.size() > 1) {
            return cache.getAll(keys);
        }
        Map<K, Slot<V>> found = new HashMap<>();
        for (K key : keys) {
            Slot<V> slot = cache.get(key);
            if (slot != null) {
                found.put(key, slot);
            }
        }
        return found;
    }

    /** Marks the keys where nothing is, and returns what is there then; keys of which the cache could not tell are left out. */
    Map<K, Slot<V>> mark(Set<K> keys) {
        Map<K, Slot<V>> there = new HashMap<>();
        try {
            cache.<Slot<V>>invokeAll(keys, new Mark<>(newMark())).forEach((key, result) -> add(there, key, result));
        } catch (CacheException e) {
            LOGGER.log(System.Logger.Level.DEBUG, () -> "cache \"" + cache.getName() + "\" is done without", e);
        }
        return there;
    }

    private void add(Map<K, Slot<V>> there, K key, EntryProcessorResult<Slot<V>> result) {
        try {
            there.put(key, result.get());
        } catch (EntryProcessorException e) {
            LOGGER.log(System.Logger.Level.DEBUG, () -> "cache \"" + cache.getName() + "\" could not mark a key", e);
        }
    }

    /** Stores what was loaded under marks that still stand, and takes away the marks of keys without a value. */
    void fill(Map<K, String> marks, Map<K, V> values) {
        try {
            cache.invokeAll(marks.keySet(), new Fill<>(marks, values));
        } catch (CacheException e) {
            LOGGER.log(System.Logger.Level.DEBUG, () -> "cache \"" + cache.getName() + "\" could not be filled", e);
        }
    }

    /** Puts a fence around keys, or takes it away. Where the cache cannot, the keys are removed instead. */
    void setFence(Set<? extends K> keys, String fence, boolean up) {
        try {
            for (EntryProcessorResult<Boolean> result :
                    cache.invokeAll(keys, new SetFence<>(fence, newMark(), up)).values()) {
                result.get();
            }
        } catch (CacheException e) {
            LOGGER.log(System.Logger.Level.DEBUG, () -> "cache \"" + cache.getName() + "\" does without a fence", e);
            cache.removeAll(keys);
        }
    }

    private static String newMark() {
        return UUID.randomUUID().toString();
    }
}
