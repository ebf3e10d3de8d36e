package dev.larder.jcache.internal.event;

import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a key, before it is known who wants to hear what of it.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 * @param value the value there is now, null if there is none
 * @param old the value there was, null if there was none
 */
public record News<K, V>(
        EventType type, K key, @Nullable V value, @Nullable V old) {

    /** Tells of a new entry. */
    public static <K, V> News<K, V> created(K key, V value) {
        return new News<>(EventType.CREATED, key, value, null);
    }

    /** Tells of an entry with another value. */
    public static <K, V> News<K, V> updated(K key, V value, @Nullable V old) {
        return new News<>(EventType.UPDATED, key, value, old);
    }

    /** Tells of an entry that somebody took away. */
    public static <K, V> News<K, V> removed(K key, @Nullable V old) {
        return new News<>(EventType.REMOVED, key, null, old);
    }

    /** Tells of an entry that reached its deadline. */
    public static <K, V> News<K, V> expired(K key, @Nullable V old) {
        return new News<>(EventType.EXPIRED, key, null, old);
    }
}
