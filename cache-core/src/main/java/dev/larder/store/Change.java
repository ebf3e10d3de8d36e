package dev.larder.store;

import dev.larder.copy.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One conditional change of one key, as data: what to do, when to do it, and what to tell of it.
 *
 * <p>Because a change is no function, a store can apply it as one compare-and-set, one log record, one command or one
 * script. Each method that adds something returns a new change; a change itself never alters. For example:
 *
 * <pre>{@code
 * store.write(key, Change.put(value, ttl).ifAbsent());
 * store.write(key, Change.<V>remove().ifValue(expected).returningPrevious());
 * }</pre>
 *
 * <p>In every condition an expired entry and a lease count as absent. Values are compared with
 * {@link Object#equals}, arrays by their content.
 *
 * @param <V> the type of value
 */
public final class Change<V> {

    /** What a change does to the key. */
    public enum Action {
        /** Stores a value. */
        PUT,
        /** Takes the entry away. */
        REMOVE,
        /** Moves the deadline and leaves the value. A lease is never touched, except by its holder. */
        TOUCH
    }

    /** When a change is applied. */
    public enum Condition {
        /** Always; for {@link Action#REMOVE} and {@link Action#TOUCH} that means: if there is a live entry. */
        NONE,
        /** If there is no live entry. */
        ABSENT,
        /** If there is one. */
        PRESENT,
        /** If there is one with this value. */
        VALUE,
        /** If it is still this entry. */
        ENTRY,
        /** If this lease still stands. On a key without it the change is refused, also if the key is absent. */
        LEASE
    }

    private static final Change<?> REMOVE = new Change<>(Action.REMOVE, null, Ttl.UNCHANGED, Ttl.UNCHANGED);

    private final Action action;
    private final @Nullable V value;
    private final Ttl onCreate;
    private final Ttl onUpdate;
    private final Condition condition;
    private final @Nullable Object expected;
    private final Ttl mismatchTouch;
    private final boolean returnsPrevious;
    private final boolean tellsEffect;
    private final boolean invalidatesOnFailure;
    private final Tags tags;
    private final boolean isTold;

    /** Makes a change without a condition or a wish. */
    private Change(Action action, @Nullable V value, Ttl onCreate, Ttl onUpdate) {
        this(
                action,
                value,
                onCreate,
                onUpdate,
                Condition.NONE,
                null,
                Ttl.UNCHANGED,
                false,
                false,
                false,
                Tags.NONE,
                true);
    }

    private Change(
            Action action,
            @Nullable V value,
            Ttl onCreate,
            Ttl onUpdate,
            Condition condition,
            @Nullable Object expected,
            Ttl mismatchTouch,
            boolean returnsPrevious,
            boolean tellsEffect,
            boolean invalidatesOnFailure,
            Tags tags,
            boolean isTold) {
        this.action = action;
        this.value = value;
        this.onCreate = onCreate;
        this.onUpdate = onUpdate;
        this.condition = condition;
        this.expected = expected;
        this.mismatchTouch = mismatchTouch;
        this.returnsPrevious = returnsPrevious;
        this.tellsEffect = tellsEffect;
        this.invalidatesOnFailure = invalidatesOnFailure;
        this.tags = tags;
        this.isTold = isTold;
    }

    /** Stores a value with the same TTL whether it is new or replaces another. */
    public static <V> Change<V> put(V value, Ttl ttl) {
        return put(value, ttl, ttl);
    }

    /**
     * Stores a value.
     *
     * @param onCreate the TTL if there was no live entry; with {@link Ttl#EXPIRED} nothing is stored
     * @param onUpdate the TTL if there was one; with {@link Ttl#EXPIRED} the entry is gone
     */
    public static <V> Change<V> put(V value, Ttl onCreate, Ttl onUpdate) {
        Objects.requireNonNull(value, "value");
        return new Change<>(
                Action.PUT,
                value,
                Objects.requireNonNull(onCreate, "onCreate"),
                Objects.requireNonNull(onUpdate, "onUpdate"));
    }

    /**
     * Stores a value in place of another: a put with {@link #ifPresent}, and one object in place of two.
     *
     * @param ttl the TTL of the new value; with {@link Ttl#EXPIRED} the entry is gone
     */
    public static <V> Change<V> replace(V value, Ttl ttl) {
        Objects.requireNonNull(ttl, "ttl");
        return new Change<>(
                Action.PUT,
                Objects.requireNonNull(value, "value"),
                ttl,
                ttl,
                Condition.PRESENT,
                null,
                Ttl.UNCHANGED,
                false,
                false,
                false,
                Tags.NONE,
                true);
    }

    /**
     * Stores a value in place of an equal one: a put with {@link #ifValue} and {@link #onMismatchTouch}, and one object in place of three.
     *
     * @param expected the value that the live entry must have
     * @param ttl the TTL of the new one; with {@link Ttl#EXPIRED} the entry is gone
     * @param onMismatch the TTL of an entry with another value
     */
    public static <V> Change<V> replace(V expected, V value, Ttl ttl, Ttl onMismatch) {
        Objects.requireNonNull(ttl, "ttl");
        return new Change<>(
                Action.PUT,
                Objects.requireNonNull(value, "value"),
                ttl,
                ttl,
                Condition.VALUE,
                Objects.requireNonNull(expected, "expected"),
                Objects.requireNonNull(onMismatch, "onMismatch"),
                false,
                false,
                false,
                Tags.NONE,
                true);
    }

    /** Takes the entry away. */
    @SuppressWarnings("unchecked") // there is no value in it
    public static <V> Change<V> remove() {
        return (Change<V>) REMOVE;
    }

    /** Moves the deadline of a live entry; with {@link Ttl#EXPIRED} it is gone, and in {@link Outcome#expired()}. */
    public static <V> Change<V> touch(Ttl ttl) {
        Objects.requireNonNull(ttl, "ttl");
        return new Change<>(Action.TOUCH, null, ttl, ttl);
    }

    /**
     * Applies only if there is no live entry.
     *
     * @throws IllegalStateException if this is no put: there would be nothing to do
     */
    public Change<V> ifAbsent() {
        if (action != Action.PUT) {
            throw new IllegalStateException("a " + action + " needs an entry, so it cannot be made if there is none");
        }
        return when(Condition.ABSENT, null);
    }

    /** Applies only if there is a live entry. */
    public Change<V> ifPresent() {
        return when(Condition.PRESENT, null);
    }

    /** Applies only if there is a live entry with a value equal to this. */
    public Change<V> ifValue(V expectedValue) {
        return when(Condition.VALUE, Objects.requireNonNull(expectedValue, "expectedValue"));
    }

    /**
     * Applies only if the live entry is still the one that was read. Moving its deadline does not make it another. Nor must the
     * same object put again, on a store that keeps the objects of its callers: the state is the one that was read then.
     */
    public Change<V> ifUnchanged(Entry<V> expectedEntry) {
        return when(Condition.ENTRY, Objects.requireNonNull(expectedEntry, "expectedEntry"));
    }

    /**
     * Applies only if the lease still stands, and uses it up. A put fills or replaces; a remove takes the entry away too, if
     * the lease stands over one; a touch moves the end of the lease and leaves the entry alone: {@link Ttl#EXPIRED} gives
     * the right back, {@link Ttl#UNCHANGED} does nothing. Refused, the effect is {@link Outcome.Effect#MISMATCH} if a live
     * entry is there and {@link Outcome.Effect#ABSENT} if not.
     */
    public Change<V> ifUnchanged(Lease expectedLease) {
        return when(Condition.LEASE, Objects.requireNonNull(expectedLease, "expectedLease"));
    }

    /** Moves the deadline of a live entry whose value is not the expected one, in the same step. */
    public Change<V> onMismatchTouch(Ttl ttl) {
        if (ttl.equals(mismatchTouch)) {
            return this;
        }
        return with(condition, expected, ttl, returnsPrevious, tellsEffect, invalidatesOnFailure, tags);
    }

    /** Asks for the live entry that was found, whether the change was applied or refused; implies the effect. */
    public Change<V> returningPrevious() {
        return with(condition, expected, mismatchTouch, true, true, invalidatesOnFailure, tags);
    }

    /** Asks which effect the change had; without it a store may answer just {@link Outcome.Effect#APPLIED}. */
    public Change<V> tellingEffect() {
        return tellsEffect
                ? this
                : with(condition, expected, mismatchTouch, returnsPrevious, true, invalidatesOnFailure, tags);
    }

    /**
     * Says that whoever makes the change can do without its answer: should the store fail, it is enough that the key is
     * removed from it before it is read again. Stores do not look at this; what stands before a store that fails does.
     */
    public Change<V> orInvalidate() {
        return with(condition, expected, mismatchTouch, returnsPrevious, tellsEffect, true, tags);
    }

    /**
     * Stores the value with these tags, in place of those of the entry that is replaced.
     *
     * @throws IllegalStateException if this is no put: a touch leaves the tags that there are
     */
    public Change<V> withTags(Tags newTags) {
        if (action != Action.PUT) {
            throw new IllegalStateException("a " + action + " stores nothing that could have tags");
        }
        if (newTags.isNone() && tags.isNone()) {
            return this;
        }
        return with(condition, expected, mismatchTouch, returnsPrevious, tellsEffect, invalidatesOnFailure, newTags);
    }

    /** Says that this is no {@link News} for anybody: it makes something good, or takes away what may be stale. */
    public Change<V> untold() {
        return new Change<>(
                action,
                value,
                onCreate,
                onUpdate,
                condition,
                expected,
                mismatchTouch,
                returnsPrevious,
                tellsEffect,
                invalidatesOnFailure,
                tags,
                false);
    }

    private Change<V> when(Condition newCondition, @Nullable Object newExpected) {
        if (condition != Condition.NONE) {
            throw new IllegalStateException("a change has one condition, and this has " + condition + " already");
        }
        return with(newCondition, newExpected, mismatchTouch, returnsPrevious, tellsEffect, invalidatesOnFailure, tags);
    }

    private Change<V> with(
            Condition newCondition,
            @Nullable Object newExpected,
            Ttl newMismatchTouch,
            boolean returning,
            boolean telling,
            boolean invalidating,
            Tags newTags) {
        return new Change<>(
                action,
                value,
                onCreate,
                onUpdate,
                newCondition,
                newExpected,
                newMismatchTouch,
                returning,
                telling,
                invalidating,
                newTags,
                isTold);
    }

    /** Returns what to do. */
    public Action action() {
        return action;
    }

    /** Returns the value to store; {@link IllegalStateException} unless this is a put. */
    public V value() {
        if (value == null) {
            throw new IllegalStateException("a " + action + " carries no value");
        }
        return value;
    }

    /** Returns the TTL of a put that finds no live entry, or of a touch. */
    public Ttl onCreate() {
        return onCreate;
    }

    /** Returns the TTL of a put that finds a live entry, or of a touch. */
    public Ttl onUpdate() {
        return onUpdate;
    }

    /** Returns when to do it. */
    public Condition condition() {
        return condition;
    }

    /** Returns the value of {@link #ifValue}; {@link IllegalStateException} if there is another condition. */
    @SuppressWarnings("unchecked") // only ifValue makes this condition, with a V
    public V expectedValue() {
        return (V) expectedOf(Condition.VALUE);
    }

    /** Returns the entry of {@link #ifUnchanged(Entry)}; {@link IllegalStateException} if there is another condition. */
    @SuppressWarnings("unchecked") // only ifUnchanged makes this condition, with an Entry<V>
    public Entry<V> expectedEntry() {
        return (Entry<V>) expectedOf(Condition.ENTRY);
    }

    /** Returns the lease of {@link #ifUnchanged(Lease)}; {@link IllegalStateException} if there is another condition. */
    public Lease expectedLease() {
        return (Lease) expectedOf(Condition.LEASE);
    }

    private Object expectedOf(Condition asked) {
        if (condition != asked || expected == null) {
            throw new IllegalStateException("the condition is " + condition + ", not " + asked);
        }
        return expected;
    }

    /** Returns the TTL for a live entry of another value, {@link Ttl#UNCHANGED} if it is to be left alone. */
    public Ttl mismatchTouch() {
        return mismatchTouch;
    }

    /** Whether the entry found is wanted. */
    public boolean returnsPrevious() {
        return returnsPrevious;
    }

    /** Whether the effect is wanted. */
    public boolean tellsEffect() {
        return tellsEffect;
    }

    /** Whether it is enough, should the store fail, that the key is removed later. */
    public boolean invalidatesOnFailure() {
        return invalidatesOnFailure;
    }

    /** Returns the tags that a put stores its value with. */
    public Tags tags() {
        return tags;
    }

    /** Whether others may hear of the change as {@link News}. */
    public boolean isTold() {
        return isTold;
    }

    /** Whether this is a put that applies whatever is there. */
    public boolean isUnconditionalPut() {
        return action == Action.PUT && condition == Condition.NONE;
    }

    /** Whether a clock must be read to apply this, whatever is there. */
    public boolean isTimed() {
        return onCreate.isFinite() || onUpdate.isFinite() || mismatchTouch.isFinite();
    }

    /**
     * Judges every condition but {@link Condition#ENTRY} and {@link Condition#LEASE}, which only the store can.
     *
     * @param live the live entry found, or null
     * @return null if the change applies, else the effect to answer with
     */
    public Outcome.@Nullable Effect refusal(@Nullable Entry<V> live) {
        return switch (condition) {
            case ABSENT -> live == null ? null : Outcome.Effect.MISMATCH;
            case VALUE -> live == null ? Outcome.Effect.ABSENT : refusalOfValue(live);
            case PRESENT, ENTRY -> live == null ? Outcome.Effect.ABSENT : null;
            case NONE, LEASE -> live == null && action != Action.PUT ? Outcome.Effect.ABSENT : null;
        };
    }

    private Outcome.@Nullable Effect refusalOfValue(Entry<V> live) {
        return Values.equal(expectedValue(), live.value()) ? null : Outcome.Effect.MISMATCH;
    }

    /** Names the action and the condition, and no value. */
    @Override
    public String toString() {
        return condition == Condition.NONE ? action.name() : action + " if " + condition;
    }
}
