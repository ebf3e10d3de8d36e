package dev.larder.patterns.session.internal.record;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of a step.
 *
 * @param outcome what it did
 * @param record what there was or is, if the step tells
 * @param successor where the session is now, if it has moved
 * @param bytes how large the session would have been, if it was too large
 */
public record Answer(
        Outcome outcome,
        @Nullable SessionRecord record,
        @Nullable String successor,
        int bytes) implements Serializable {

    /** What a step can do. */
    public enum Outcome {
        /** What it is there for. */
        DONE,
        /** Nothing: there is no such session any more. */
        GONE,
        /** Nothing: the session has another key. */
        MOVED,
        /** Nothing: others changed the same before. */
        CONFLICT,
        /** Nothing: the session would have become too large. */
        TOO_LARGE
    }

    /** Returns the key of a session that has moved. */
    public String whereTo() {
        return Objects.requireNonNull(successor, "the session has not moved");
    }

    /** There is no such session. */
    static final Answer GONE = new Answer(Outcome.GONE, null, null, 0);

    static Answer done(SessionRecord record) {
        return new Answer(Outcome.DONE, record, null, 0);
    }

    /** The step did what it is there for. */
    public static Answer done() {
        return new Answer(Outcome.DONE, null, null, 0);
    }

    static Answer conflict(@Nullable SessionRecord present) {
        return new Answer(Outcome.CONFLICT, present, null, 0);
    }

    static Answer tooLarge(int bytes) {
        return new Answer(Outcome.TOO_LARGE, null, null, bytes);
    }

    /** What a tombstone says. */
    static Answer of(Tombstone tombstone) {
        return tombstone.successor() == null ? GONE : new Answer(Outcome.MOVED, null, tombstone.successor(), 0);
    }
}
