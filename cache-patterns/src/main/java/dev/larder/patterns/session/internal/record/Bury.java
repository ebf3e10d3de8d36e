package dev.larder.patterns.session.internal.record;

/**
 * Ends a session: puts a tombstone in its place, also where nothing is. Tells of the session if it was there until now.
 *
 * @param moment when
 */
public record Bury(Moment moment) implements Step {

    @Override
    public Answer applyTo(RecordEntry entry) {
        Stored stored = entry.stored();
        if (stored instanceof Tombstone tombstone) {
            return Answer.of(tombstone);
        }
        entry.write(moment.tombstone(), moment);
        return stored instanceof SessionRecord record ? Answer.done(record) : Answer.GONE;
    }

    @Override
    public Step afterMove() {
        return this;
    }
}
