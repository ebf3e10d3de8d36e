package dev.larder.patterns.session.internal.record;

/**
 * Second step of a move: puts a tombstone that names the new key in the place of the session, if this is still the one that was copied. From then on the old id is dead, and
 * late changes go to the copy.
 *
 * @param moment when
 * @param version the version that was copied
 * @param successor the new key
 * @param followedMillis for how long who comes with the old id is led to the new key; zero is not at all
 */
public record Leave(Moment moment, long version, String successor, long followedMillis) implements Step {

    /** The version of a move that was made already, elsewhere: nobody can copy again. */
    private static final long ANY = -2;

    @Override
    public Answer applyTo(RecordEntry entry) {
        Stored stored = entry.stored();
        if (stored instanceof Tombstone tombstone) {
            return successor.equals(tombstone.successor()) ? Answer.done() : Answer.of(tombstone);
        }
        if (!(stored instanceof SessionRecord record) || record.hasExpiredAt(moment.nowMillis())) {
            return Answer.GONE;
        }
        if (version != ANY && record.version() != version) {
            return Answer.conflict(record);
        }
        entry.write(moment.tombstone(successor, followedMillis), moment);
        return Answer.done();
    }

    @Override
    public Step made() {
        return new Leave(moment, ANY, successor, followedMillis);
    }
}
