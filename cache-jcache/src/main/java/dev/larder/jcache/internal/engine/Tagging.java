package dev.larder.jcache.internal.engine;

import dev.larder.store.Store;
import dev.larder.store.Tags;
import java.util.Set;

/**
 * What a cache does with tags, if its store knows any.
 *
 * @param writes whether the source is told of a value before it is stored, and may change again in between
 */
record Tagging(String cacheName, Store<?, ?> store, boolean writes) {

    /**
     * Checks that tags can be used.
     *
     * @throws UnsupportedOperationException if the store knows none
     */
    void requireTags() {
        if (!store.traits().tags()) {
            throw new UnsupportedOperationException("cache \"" + cacheName + "\": its store knows no tags");
        }
    }

    /**
     * Returns the tags of a value that is up to date now, and will be put.
     *
     * @throws UnsupportedOperationException if the store knows none
     * @throws IllegalArgumentException if they are too many, or one is empty or too long
     */
    Tags ofPut(Set<String> names) {
        return writes ? asOf(names, store.tagNumber()) : asOf(names, Tags.WHEN_WRITTEN);
    }

    /** Returns the tags of a value that was up to date at that {@link #number()}. */
    Tags asOf(Set<String> names, long number) {
        if (names.isEmpty()) {
            return Tags.NONE;
        }
        requireTags();
        return new Tags(names, number);
    }

    /** Returns what dates a value that will be looked up from now on. */
    long number() {
        return store.tagNumber();
    }
}
