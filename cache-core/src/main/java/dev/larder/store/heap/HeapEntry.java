package dev.larder.store.heap;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.TagVersions;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the heap store.
 *
 * <p>This class is for entries that never expire. The map holds their bare values, see {@link Held}, and this stands for one
 * only while somebody works with it.
 */
class HeapEntry<V> implements Entry<V> {

    private final V value;

    HeapEntry(V value) {
        this.value = value;
    }

    /** Returns an entry with a deadline, or without one if it is {@link Long#MAX_VALUE}. */
    static <V> HeapEntry<V> until(long deadlineMillis, V value) {
        return deadlineMillis == Long.MAX_VALUE ? new HeapEntry<>(value) : new ExpiringEntry<>(value, deadlineMillis);
    }

    /**
     * Returns the entry that a change leaves behind where this live one was, or none; null if it leaves none.
     *
     * @param versions those of the tags that the value gets, null if it gets none
     * @param tagNumber the number as of which the value is up to date at the latest
     */
    static <V> @Nullable HeapEntry<V> after(
            Change<V> change, @Nullable HeapEntry<V> live, long now, @Nullable TagVersions versions, long tagNumber) {
        Ttl ttl = live == null ? change.onCreate() : change.onUpdate();
        if (change.action() != Change.Action.PUT || ttl.isExpired()) {
            return null;
        }
        long deadline = ttl.isUnchanged() ? inheritedDeadline(live) : ttl.deadline(now);
        return versions == null
                ? until(deadline, change.value())
                : tagged(deadline, change.value(), change.tags(), versions, tagNumber);
    }

    private static <V> HeapEntry<V> tagged(long deadline, V value, Tags tags, TagVersions versions, long tagNumber) {
        long asOf = Math.min(tags.asOf(), tagNumber);
        TaggedEntry<V> entry = new TaggedEntry<>(value, deadline, tags.names(), versions, asOf);
        entry.lookAtTags();
        return entry;
    }

    private static long inheritedDeadline(@Nullable HeapEntry<?> live) {
        return live == null ? Long.MAX_VALUE : live.freezeDeadline();
    }

    @Override
    public final V value() {
        return value;
    }

    /** Whether a clock must be read to know if this entry is live. */
    boolean hasDeadline() {
        return false;
    }

    /** Returns the first millisecond at which this entry is dead. */
    long deadlineMillis() {
        return Long.MAX_VALUE;
    }

    /**
     * Moves the deadline in place.
     *
     * @return whether that could be done; if not, the entry is dead, or its deadline is frozen, or it has no room for one
     */
    boolean moveDeadline(long newDeadlineMillis) {
        return newDeadlineMillis == Long.MAX_VALUE;
    }

    /** Whether this is the entry that somebody read, perhaps with another deadline since. */
    boolean isSame(Object read) {
        return read instanceof HeapEntry<?> other && !other.hasDeadline() && other.value == value;
    }

    /** Returns the deadline, which cannot be moved from now on. */
    long freezeDeadline() {
        return Long.MAX_VALUE;
    }

    /** Returns an entry of the same identity with another deadline, for one whose own cannot be moved. */
    HeapEntry<V> withDeadline(long newDeadlineMillis) {
        return new LimitedEntry<>(this, newDeadlineMillis);
    }

    /**
     * Makes it final that this entry is dead at that moment, so that no touch can bring it back.
     *
     * @return whether it is dead
     */
    boolean bury(long nowMillis) {
        return false;
    }

    /** Whether it is final that this entry is dead. */
    boolean isBuried() {
        return false;
    }

    /** Whether it is dead because one of its tags was invalidated. Of that nobody is told. */
    boolean isInvalidated() {
        return false;
    }
}
