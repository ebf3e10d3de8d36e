package dev.larder.patterns.behind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches to the writer, and finds out what it did.
 *
 * @param writer the user's writer
 */
record Delivery<K, V>(CacheWriter<K, V> writer) {

    /**
     * What the writer did.
     *
     * @param written the changes that are done
     * @param left the changes that are not, or not known to be
     * @param failure what the writer failed with, or null
     */
    record Result<K, V>(
            List<Change<K, V>> written,
            List<Change<K, V>> left,
            @Nullable Throwable failure) {}

    /** Hands over changes of different keys. */
    Result<K, V> deliver(List<Change<K, V>> batch) {
        Collection<Cache.Entry<? extends K, ? extends V>> writes = new ArrayList<>();
        Collection<K> deletions = new ArrayList<>();
        for (Change<K, V> change : batch) {
            V value = change.value();
            if (value == null) {
                deletions.add(change.key());
            } else {
                writes.add(new QueuedEntry<>(change.key(), value));
            }
        }
        Throwable failure = attempt(writes, deletions);
        Set<K> left = new HashSet<>(deletions);
        writes.forEach(entry -> left.add(entry.getKey()));
        return new Result<>(
                batch.stream().filter(change -> !left.contains(change.key())).toList(),
                batch.stream().filter(change -> left.contains(change.key())).toList(),
                failure);
    }

    /** Leaves in the collections what was not done. An error counts as a failure too: the queue goes on, whatever happens. */
    private @Nullable Throwable attempt(
            Collection<Cache.Entry<? extends K, ? extends V>> writes, Collection<K> deletions) {
        try {
            write(writes);
            writes.clear();
            delete(deletions);
            deletions.clear();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private void write(Collection<Cache.Entry<? extends K, ? extends V>> writes) {
        if (writes.size() == 1) {
            writer.write(writes.iterator().next());
        } else if (!writes.isEmpty()) {
            writer.writeAll(writes);
        }
    }

    private void delete(Collection<K> deletions) {
        if (deletions.size() == 1) {
            writer.delete(deletions.iterator().next());
        } else if (!deletions.isEmpty()) {
            writer.deleteAll(deletions);
        }
    }
}
