package dev.larder.patterns.session.internal.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Saves a session: puts what a request changed into what is stored, attribute by attribute, so that what others changed stays.
 *
 * @param moment when
 * @param birth the session to begin with if nothing is stored because it is new, or null for one that was stored before
 * @param changes what was changed
 * @param accessedMillis when the request used it
 * @param idleMillis another idle timeout, or null for the one there is
 * @param indexes other values in the indexes, or null for those there are
 * @param maxBytes how large the session may be
 */
public record Merge(
        Moment moment,
        @Nullable SessionRecord birth,
        Changes changes,
        long accessedMillis,
        @Nullable Long idleMillis,
        @Nullable Map<String, String> indexes,
        int maxBytes)
        implements Step {

    @Override
    public Answer applyTo(RecordEntry entry) {
        Stored stored = entry.isAbsent() ? birth : entry.stored();
        if (stored instanceof Tombstone tombstone) {
            return Answer.of(tombstone);
        }
        if (!(stored instanceof SessionRecord record) || record.hasExpiredAt(moment.nowMillis())) {
            return Answer.GONE;
        }
        if (changes.collidesWith(record.attributes())) {
            return Answer.conflict(record);
        }
        return write(merged(record), entry);
    }

    private Answer write(SessionRecord merged, RecordEntry entry) {
        byte[] bytes = RecordFormat.encode(merged);
        if (bytes.length > maxBytes) {
            return Answer.tooLarge(bytes.length);
        }
        entry.write(merged, bytes, moment);
        return Answer.done(merged.withoutAttributes());
    }

    private SessionRecord merged(SessionRecord record) {
        Times times = record.times().accessedAt(accessedMillis);
        if (idleMillis != null) {
            times = times.withIdle(idleMillis);
        }
        if (indexes != null) {
            times = times.indexedAt(moment.nowMillis());
        }
        return new SessionRecord(
                record.isPending(),
                record.version() + 1,
                times,
                indexes == null ? record.indexes() : indexes,
                changes.appliedTo(record.attributes()));
    }

    @Override
    public @Nullable Step with(Step next) {
        return next instanceof Merge merge
                ? new Merge(
                        merge.moment,
                        birth,
                        changes.then(merge.changes),
                        Math.max(accessedMillis, merge.accessedMillis),
                        merge.idleMillis == null ? idleMillis : merge.idleMillis,
                        merge.indexes == null ? indexes : merge.indexes,
                        maxBytes)
                : null;
    }

    /** {@inheritDoc} What has moved was stored before, so it does not begin there. */
    @Override
    public Step afterMove() {
        return new Merge(moment, null, changes, accessedMillis, idleMillis, indexes, maxBytes);
    }
}
