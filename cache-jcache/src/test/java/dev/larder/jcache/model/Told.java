package dev.larder.jcache.model;

import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;

/** What a listener hears, or ought to. */
record Told<V>(EventType type, String key, V value, V old) {

    static <V> Told<V> of(CacheEntryEvent<? extends String, ? extends V> event) {
        return new Told<>(event.getEventType(), event.getKey(), event.getValue(), event.getOldValue());
    }

    /** Whether somebody ended it: by the standard its value is then the old one, or null if no old value is wanted. */
    boolean isEnd() {
        return type == EventType.REMOVED || type == EventType.EXPIRED;
    }

    /** Returns this without the old value. */
    Told<V> withoutOld() {
        return new Told<>(type, key, isEnd() ? null : value, null);
    }
}
