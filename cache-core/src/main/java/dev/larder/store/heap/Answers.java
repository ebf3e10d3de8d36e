package dev.larder.store.heap;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import org.jspecify.annotations.Nullable;

/**
 * What a heap store answers: entries as they were when they were found, and what became of changes.
 *
 * @param needsDeadline whether entries tell how long they had still to live
 */
record Answers<V>(boolean needsDeadline) {

    /** Returns what was found if it is live at that moment. */
    @Nullable
    Entry<V> liveAt(@Nullable HeapEntry<V> found, long now) {
        if (found == null) {
            return null;
        }
        long deadline = found.deadlineMillis();
        return deadline <= now ? null : measured(found, deadline, now);
    }

    /** Returns the live entry that a change found, if it asks for that; one that died since had no time left. */
    @Nullable
    Entry<V> previous(Change<V> change, @Nullable HeapEntry<V> live, long now) {
        return live != null && change.returnsPrevious() ? previous(live, now) : null;
    }

    /** Returns the live entry that was found. */
    Entry<V> previous(HeapEntry<V> live, long now) {
        return measured(live, Math.max(live.deadlineMillis(), now), now);
    }

    private Entry<V> measured(HeapEntry<V> live, long deadline, long now) {
        if (!needsDeadline) {
            return live;
        }
        return new MeasuredEntry<>(live, deadline == Long.MAX_VALUE ? deadline : deadline - now);
    }

    /**
     * Returns the outcome of a put or remove that was applied.
     *
     * @param found what was there, dead or alive
     * @param live the same if it was live
     * @param next what is there now
     */
    Outcome<V> applied(
            Change<V> change,
            @Nullable HeapEntry<V> found,
            @Nullable HeapEntry<V> live,
            @Nullable HeapEntry<V> next,
            @Nullable Entry<V> previous) {
        return Outcome.of(effect(change, live, next), previous, live == null ? expired(found) : null);
    }

    /** Returns the dead entry that a change took away, if it is one to tell of. */
    static <V> @Nullable Entry<V> expired(@Nullable HeapEntry<V> dead) {
        return dead == null || dead.isInvalidated() ? null : dead;
    }

    private static <V> Effect effect(Change<V> change, @Nullable HeapEntry<V> live, @Nullable HeapEntry<V> next) {
        if (change.action() == Change.Action.REMOVE) {
            return Effect.REMOVED;
        }
        if (next == null) {
            return Effect.NOT_STORED;
        }
        return live == null ? Effect.CREATED : Effect.UPDATED;
    }

    /** Returns the outcome of a change whose lease stands no more. */
    Outcome<V> leaseIsVoid(Change<V> change, @Nullable HeapEntry<V> live, long now) {
        return Outcome.of(live == null ? Effect.ABSENT : Effect.MISMATCH, previous(change, live, now), null);
    }
}
