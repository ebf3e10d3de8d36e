package dev.larder.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change that another store of the same entries made, as {@link Store#wantNews} asks for it.
 *
 * @param kind what happened
 * @param key whose entry it happened to
 * @param value the new value of an entry that was created or updated, else null
 * @param previous the value that the entry had before, null if there was none, if it could not be read, or if whoever made the change did
 *     not know that it is wanted
 */
public record News<K, V>(
        Kind kind, K key, @Nullable V value, @Nullable V previous) {

    /** What can happen to an entry. */
    public enum Kind {
        /** A value was stored where none was. */
        CREATED,
        /** A value replaced another. */
        UPDATED,
        /** Somebody took the entry away. */
        REMOVED,
        /** Somebody ended the entry by {@link Ttl#EXPIRED}. That an entry reached its deadline is no news: nobody changed it. */
        EXPIRED
    }

    /** How much somebody wants to know. */
    public enum Wish {
        /** Nothing. */
        NONE,
        /** Changes, with their new values. */
        CHANGES,
        /** Changes, with the values before and after. */
        CHANGES_WITH_PREVIOUS
    }

    /** Checks for null. */
    public News {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
    }

    /** Names the kind alone. */
    @Override
    public String toString() {
        return kind.name();
    }
}
