package dev.larder.jcache.model;

import java.util.Set;

/** A value, the first millisecond at which it is dead, and its tags. */
record ModelEntry<V>(V value, long deadlineMillis, Set<String> tags) {

    ModelEntry<V> until(long newDeadlineMillis) {
        return new ModelEntry<>(value, newDeadlineMillis, tags);
    }

    ModelEntry<V> with(Set<String> newTags) {
        return new ModelEntry<>(value, deadlineMillis, newTags);
    }

    boolean hasAnyOf(Set<String> others) {
        return tags.stream().anyMatch(others::contains);
    }
}
