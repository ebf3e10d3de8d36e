package dev.larder.patterns.behind;

import org.jspecify.annotations.Nullable;

/**
 * The latest change of a key that its writer does not know yet.
 *
 * @param key the key
 * @param value the value to write, or null to delete
 * @param sequence the number of the change; later ones have higher numbers
 * @param firstSequence the number of the first change that this one stands for
 * @param sinceMillis when that was, as the time of day
 * @param attempts how often it was tried by itself and failed
 */
record Change<K, V>(K key, @Nullable V value, long sequence, long firstSequence, long sinceMillis, int attempts) {

    static <K, V> Change<K, V> first(K key, @Nullable V value, long sequence, long nowMillis) {
        return new Change<>(key, value, sequence, sequence, nowMillis, 0);
    }

    /** Returns this change as one that stands for an earlier one too, which then need not be written any more. */
    Change<K, V> inPlaceOf(Change<K, V> earlier) {
        return new Change<>(key, value, sequence, earlier.firstSequence, earlier.sinceMillis, attempts);
    }

    /** Returns it after another failed try. */
    Change<K, V> tried() {
        return new Change<>(key, value, sequence, firstSequence, sinceMillis, attempts + 1);
    }
}
