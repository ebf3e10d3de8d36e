package dev.larder.store;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Change} did.
 *
 * @param <V> the type of value
 */
public final class Outcome<V> {

    /** The effect of a change on its key. */
    public enum Effect {
        /** Applied; more was not asked for. */
        APPLIED,
        /** A value was stored where no live entry was. */
        CREATED,
        /** A value replaced another. */
        UPDATED,
        /** A live entry was taken away. */
        REMOVED,
        /** A live entry got another deadline, or a lease another end. */
        TOUCHED,
        /** A put whose TTL was {@link Ttl#EXPIRED}: nothing is stored now, and a live entry that was there is gone. */
        NOT_STORED,
        /** Refused, or nothing to do: no live entry was there. */
        ABSENT,
        /** Refused: a live entry was there, but not as the condition wanted it. */
        MISMATCH;

        /** The outcome that has nothing but this effect. */
        @SuppressWarnings("ImmutableEnumChecker") // an outcome is immutable, and this one holds no value at all
        private final Outcome<?> plain = new Outcome<>(this, null, null);
    }

    private final Effect effect;
    private final @Nullable Entry<V> previous;
    private final @Nullable Entry<V> expired;

    private Outcome(Effect effect, @Nullable Entry<V> previous, @Nullable Entry<V> expired) {
        this.effect = effect;
        this.previous = previous;
        this.expired = expired;
    }

    /** Returns an outcome with nothing but its effect; allocates nothing. */
    @SuppressWarnings("unchecked") // a plain outcome holds no V
    public static <V> Outcome<V> of(Effect effect) {
        return (Outcome<V>) effect.plain;
    }

    /**
     * Returns an outcome.
     *
     * @param previous the live entry found, if it was asked for and there was one
     * @param expired the dead entry found in its place and now gone, if there was one
     */
    public static <V> Outcome<V> of(Effect effect, @Nullable Entry<V> previous, @Nullable Entry<V> expired) {
        return previous == null && expired == null ? of(effect) : new Outcome<>(effect, previous, expired);
    }

    /** Returns what happened. */
    public Effect effect() {
        return effect;
    }

    /** Whether the change was done; {@link Effect#NOT_STORED} counts as done. */
    public boolean isApplied() {
        return effect != Effect.ABSENT && effect != Effect.MISMATCH;
    }

    /** Returns the live entry that was found, if {@link Change#returningPrevious()} asked for it. */
    public @Nullable Entry<V> previous() {
        return previous;
    }

    /**
     * Returns the expired entry that this change found and took away. Nobody else is told of it: whoever made the
     * change passes the news on, before the news of the change itself. A live entry that a touch by {@link Ttl#EXPIRED}
     * ended is here too; one that such a put replaced is only {@link #previous()}.
     */
    public @Nullable Entry<V> expired() {
        return expired;
    }

    @Override
    public String toString() {
        return effect.name();
    }
}
