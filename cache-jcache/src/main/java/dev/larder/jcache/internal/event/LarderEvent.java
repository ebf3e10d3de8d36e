package dev.larder.jcache.internal.event;

import java.io.Serial;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** An event as one listener sees it: with copies of its own, and without the old value if it did not ask for that. */
final class LarderEvent<K, V> extends CacheEntryEvent<K, V> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient K key;
    private final transient @Nullable V value;
    private final transient @Nullable V old;

    private LarderEvent(Cache<K, V> source, EventType type, K key, @Nullable V value, @Nullable V old) {
        super(source, type);
        this.key = key;
        this.value = value;
        this.old = old;
    }

    /** Returns the event of a piece of news. For a removal and an expiry the old value is, by the standard, also the value. */
    static <K, V> LarderEvent<K, V> of(
            Cache<K, V> source, News<K, V> news, boolean withOld, UnaryOperator<K> copyKey, UnaryOperator<V> copyOut) {
        V old = withOld && news.old() != null ? copyOut.apply(news.old()) : null;
        V value = news.value() == null ? old : copyOut.apply(news.value());
        return new LarderEvent<>(source, news.type(), copyKey.apply(news.key()), value, old);
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants here, and javax.cache has no annotations
    public V getValue() {
        return value;
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants here, and javax.cache has no annotations
    public V getOldValue() {
        return old;
    }

    @Override
    public boolean isOldValueAvailable() {
        return old != null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("an event cannot be unwrapped to " + type.getName());
    }
}
