package dev.larder.jcache.internal.event;

import java.io.Serial;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a key: as the cache tells of it, with all that it knows and with objects of its own; or as one listener
 * sees it, with copies of its own, and without the old value if it did not ask for that.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class LarderEvent<K, V> extends CacheEntryEvent<K, V> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient K key;
    private final transient @Nullable V value;
    private final transient @Nullable V old;

    /**
     * Creates an event.
     *
     * @param value the value there is now; of a removal or expiry, by the standard, the same as the old one
     * @param old the value there was, null if there was none or it is not known
     */
    LarderEvent(Cache<K, V> source, EventType type, K key, @Nullable V value, @Nullable V old) {
        super(source, type);
        this.key = key;
        this.value = value;
        this.old = old;
    }

    /** Returns the event as a listener is to see it: this one, if there is nothing to copy and nothing to leave out. */
    LarderEvent<K, V> seenBy(Cache<K, V> source, boolean withOld, UnaryOperator<K> copyKey, UnaryOperator<V> copyOut) {
        K itsKey = copyKey.apply(key);
        V itsOld = withOld ? copy(old, copyOut) : null;
        V itsValue = tellsOfAnEnd() ? itsOld : copy(value, copyOut);
        return itsKey == key && itsValue == value && itsOld == old
                ? this
                : new LarderEvent<>(source, getEventType(), itsKey, itsValue, itsOld);
    }

    /** Whether there was an old value that nobody asked for when the change was made. */
    boolean lacksOldValue() {
        return old == null && (getEventType() == EventType.UPDATED || getEventType() == EventType.REMOVED);
    }

    private boolean tellsOfAnEnd() {
        return getEventType() == EventType.REMOVED || getEventType() == EventType.EXPIRED;
    }

    private static <V> @Nullable V copy(@Nullable V value, UnaryOperator<V> copyOut) {
        return value == null ? null : copyOut.apply(value);
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
