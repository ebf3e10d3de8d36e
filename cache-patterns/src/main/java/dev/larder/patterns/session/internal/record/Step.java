package dev.larder.patterns.session.internal.record;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * A change of what is at one session's key, made by a cache in one atomic step. To be made twice is the same as once, because a provider may
 * run a processor again, and an answer may be lost.
 */
public interface Step extends EntryProcessor<String, byte[], Answer>, Serializable {

    @Override
    default Answer process(MutableEntry<String, byte[]> entry, Object... none) {
        return applyTo(new RecordEntry(entry));
    }

    /** Makes the change. */
    Answer applyTo(RecordEntry entry);

    /** Returns the step that does the same later, where others may have changed the session since. */
    default Step made() {
        return this;
    }

    /** Returns one step for this and the next, or null if they cannot be one. */
    default @Nullable Step with(Step next) {
        return null;
    }

    /** Returns the step that is to be made where the session was found to have moved, or null if none is. */
    default @Nullable Step afterMove() {
        return null;
    }
}
