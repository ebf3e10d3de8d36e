package dev.larder.jcache.internal.load;

import dev.larder.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * What a load may do with what it brings.
 *
 * @param lease the right to store it, or null if it is only handed out
 * @param isOverEntry whether it would replace an entry
 * @param answer the value that makes the load needless, or null
 * @param isElsewhere whether another JVM has the right to store the same absent key, and so seems to load it
 */
record Right<V>(
        @Nullable Lease lease,
        boolean isOverEntry,
        @Nullable V answer,
        boolean isElsewhere) {}
