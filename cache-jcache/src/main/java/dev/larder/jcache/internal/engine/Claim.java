package dev.larder.jcache.internal.engine;

import dev.larder.store.Change;
import dev.larder.store.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The right to change a key on the strength of what was read of it. Who has decided what to do takes one, tells the writer,
 * and makes one change with it; closing it gives back a right that was not used, or takes the entry away if the writer was told and
 * the change was not made. For one thread.
 *
 * @param <V> the type of value
 */
interface Claim<V> extends AutoCloseable {

    /** Returns a change without a condition as one that is made only if the claim stands. */
    Change<V> bind(Change<V> change);

    /** Returns what a bound change came to, or null if it was refused, and the claim so found void. */
    @Nullable
    Outcome<V> settle(Change<V> change, Outcome<V> outcome);

    /** Whether what a void claim was taken for is to be decided once more, by what is there now. */
    default boolean mayRepeat() {
        return false;
    }

    /** Notes that the writer knows of the change, or may: from now on what was claimed must not be read again. */
    default void told() {}

    @Override
    default void close() {}
}
