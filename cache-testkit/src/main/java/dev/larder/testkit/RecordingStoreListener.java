package dev.larder.testkit;

import dev.larder.store.Entry;
import dev.larder.store.StoreListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a store told, in order. Safe for use by many threads.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class RecordingStoreListener<K, V> implements StoreListener<K, V> {

    private final List<News<K, V>> all = new ArrayList<>();
    private final List<dev.larder.store.News<K, V>> changes = new ArrayList<>();

    /** What can happen to an entry without anybody asking for it. */
    public enum Kind {
        /** It reached its deadline. */
        EXPIRED,
        /** It was dropped to make room. */
        EVICTED,
        /** It was dropped because the original changed. */
        INVALIDATED
    }

    /**
     * One thing that was told.
     *
     * @param entry the dead entry, if it expired and the store told which
     */
    public record News<K, V>(Kind kind, K key, @Nullable Entry<V> entry) {}

    @Override
    public void expired(K key, @Nullable Entry<V> entry) {
        add(new News<>(Kind.EXPIRED, key, entry));
    }

    @Override
    public void evicted(K key) {
        add(new News<>(Kind.EVICTED, key, null));
    }

    @Override
    public void invalidated(K key) {
        add(new News<>(Kind.INVALIDATED, key, null));
    }

    @Override
    public synchronized void changed(dev.larder.store.News<K, V> news) {
        changes.add(news);
    }

    /** Returns what was told of changes that others made so far, in order. */
    public synchronized List<dev.larder.store.News<K, V>> changes() {
        return List.copyOf(changes);
    }

    private synchronized void add(News<K, V> news) {
        all.add(news);
    }

    /** Returns all that was told so far, in order. */
    public synchronized List<News<K, V>> news() {
        return List.copyOf(all);
    }

    /** Returns what was told of one kind so far, in order. */
    public List<News<K, V>> news(Kind kind) {
        return news().stream().filter(each -> each.kind() == kind).toList();
    }

    /** Returns the keys of which something of one kind was told, in order; a key as often as it was told. */
    public List<K> keys(Kind kind) {
        return news(kind).stream().map(News::key).toList();
    }
}
