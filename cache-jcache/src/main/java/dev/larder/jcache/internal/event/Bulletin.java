package dev.larder.jcache.internal.event;

import java.util.List;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/** The news of one change, on their way to the synchronous listeners, and what came of it. */
final class Bulletin<K, V> {

    private final K key;
    private final List<News<K, V>> news;
    private volatile boolean delivered;
    private @Nullable CacheEntryListenerException failure;

    Bulletin(K key, List<News<K, V>> news) {
        this.key = key;
        this.news = news;
    }

    K key() {
        return key;
    }

    List<News<K, V>> news() {
        return news;
    }

    boolean isDelivered() {
        return delivered;
    }

    void delivered(@Nullable CacheEntryListenerException newFailure) {
        failure = newFailure;
        delivered = true;
    }

    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
