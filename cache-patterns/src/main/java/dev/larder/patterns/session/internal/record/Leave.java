package dev.larder.patterns.session.internal.record;

/**
 * Second step of a move: puts a tombstone that names the new key in the place of the session, if this is still the one that was copied. From then on the old id is dead, and
 * late changes go to the copy.
 *
 * @param moment when
 * @param version the version that was copied
 * @param successor the new key
 */
public record Leave(Moment moment, long version, String successor) implements Step {

    @Override
    public Answer applyTo(RecordEntry entry) {
        Stored stored = entry.stored();
        if (stored instanceof Tombstone tombstone) {
            return successor.equals(tombstone.successor()) ? Answer.done() : Answer.of(tombstone);
        }
        if (!(stored instanceof SessionRecord record) || record.hasExpiredAt(moment.nowMillis())) {
            return Answer.GONE;
        }
        if (record.version() != version) {
            return Answer.conflict(record);
        }
        entry.write(moment.tombstone(successor), moment);
        return Answer.done();
    }
}
