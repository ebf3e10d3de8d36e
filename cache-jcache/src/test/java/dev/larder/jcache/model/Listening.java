package dev.larder.jcache.model;

import static javax.cache.event.EventType.CREATED;
import static javax.cache.event.EventType.EXPIRED;
import static javax.cache.event.EventType.REMOVED;
import static javax.cache.event.EventType.UPDATED;

/** Who listens to a cache, synchronously, and how. */
enum Listening {
    NOBODY,
    ALL,
    ALL_WITHOUT_OLD,
    FILTERED,
    FILTERED_WITHOUT_OLD,
    CREATED_AND_EXPIRED,
    UPDATED_AND_REMOVED,
    /** By a listener that fails on some events, after it took note of them. */
    FAILING;

    boolean wantsOld() {
        return this != ALL_WITHOUT_OLD && this != FILTERED_WITHOUT_OLD;
    }

    boolean isFiltered() {
        return this == FILTERED || this == FILTERED_WITHOUT_OLD;
    }

    /** What the filter lets pass. */
    static boolean passes(String key) {
        return (key.charAt(1) - '0') % 2 == 1;
    }

    boolean hears(Told<?> event) {
        return switch (this) {
            case NOBODY -> false;
            case ALL, ALL_WITHOUT_OLD, FAILING -> true;
            case FILTERED, FILTERED_WITHOUT_OLD -> passes(event.key());
            case CREATED_AND_EXPIRED -> event.type() == CREATED || event.type() == EXPIRED;
            case UPDATED_AND_REMOVED -> event.type() == UPDATED || event.type() == REMOVED;
        };
    }

    /** Whether the listener fails on an event; never on one that no caller may be waiting for. */
    boolean failsOn(Told<?> event) {
        return this == FAILING && event.type() != EXPIRED && event.key().equals("k1");
    }
}
