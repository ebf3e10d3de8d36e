package dev.larder.patterns.session.internal.record;

/**
 * Last step of a move: makes the copy, with what came in meanwhile, the session.
 *
 * @param moment when
 */
public record Activate(Moment moment) implements Step {

    @Override
    public Answer applyTo(RecordEntry entry) {
        Stored stored = entry.stored();
        if (stored instanceof Tombstone tombstone) {
            return Answer.of(tombstone);
        }
        if (!(stored instanceof SessionRecord record)) {
            return Answer.GONE;
        }
        SessionRecord active = record.isPending() ? record.activated() : record;
        entry.write(active, moment);
        return Answer.done(active);
    }
}
