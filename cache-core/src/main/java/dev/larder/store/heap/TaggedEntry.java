package dev.larder.store.heap;

import dev.larder.store.TagVersions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value with tags, and with a deadline if it has one.
 *
 * <p>It finds out that one of its tags was invalidated when it is looked at, which {@link Held#entry} does whenever it is found
 * in the map. Then it is buried like an entry whose deadline has come, but as an <em>invalidated</em> one, of which nobody is told.
 *
 * <p>If it is found to be up to date, it keeps the number as of which that was so: until tags are invalidated again, the next look
 * is a comparison of two numbers.
 */
final class TaggedEntry<V> extends ExpiringEntry<V> {

    private final Set<String> tags;
    private final TagVersions versions;

    /** The entry that this stands for with another deadline, and that its readers know; see {@link LimitedEntry}. */
    private final @Nullable HeapEntry<V> original;

    private volatile long asOf;

    /** Set before it is buried. */
    private volatile boolean invalidated;

    TaggedEntry(V value, long deadlineMillis, Set<String> tags, TagVersions versions, long asOf) {
        this(value, deadlineMillis, tags, versions, asOf, null);
    }

    private TaggedEntry(
            V value,
            long deadlineMillis,
            Set<String> tags,
            TagVersions versions,
            long asOf,
            @Nullable HeapEntry<V> original) {
        super(value, deadlineMillis);
        this.tags = tags;
        this.versions = versions;
        this.asOf = asOf;
        this.original = original;
    }

    /** Buries this entry if one of its tags was invalidated. */
    void lookAtTags() {
        // the number first: what is up to date was so as of then, whatever comes meanwhile
        long number = versions.number();
        long known = asOf;
        if (known >= number || isBuried()) {
            return;
        }
        if (versions.isUpToDate(tags, known)) {
            asOf = number;
        } else {
            invalidated = true;
            buryNow();
        }
    }

    @Override
    boolean isInvalidated() {
        return invalidated;
    }

    @Override
    boolean isSame(Object read) {
        return this == read || (original != null && original.isSame(read));
    }

    @Override
    HeapEntry<V> withDeadline(long newDeadlineMillis) {
        return new TaggedEntry<>(value(), newDeadlineMillis, tags, versions, asOf, this);
    }
}
