package dev.larder.patterns.session.internal.record;

/**
 * First step of a move: puts a copy of the session to its new key, where it is not valid yet. Over an older copy, if the session was changed since.
 *
 * @param moment when
 * @param copy the session, pending
 */
public record Prepare(Moment moment, SessionRecord copy) implements Step {

    @Override
    public Answer applyTo(RecordEntry entry) {
        if (entry.stored() instanceof Tombstone) {
            return Answer.GONE;
        }
        entry.write(copy, moment);
        return Answer.done();
    }
}
