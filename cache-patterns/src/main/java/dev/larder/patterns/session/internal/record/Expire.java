package dev.larder.patterns.session.internal.record;

/**
 * Drops a session whose time is over, and tells of it: to one caller, however many find it so.
 *
 * @param moment when
 */
public record Expire(Moment moment) implements Step {

    @Override
    public Answer applyTo(RecordEntry entry) {
        if (entry.stored() instanceof SessionRecord record && record.hasExpiredAt(moment.nowMillis())) {
            entry.remove();
            return record.isPending() ? Answer.GONE : Answer.done(record);
        }
        return Answer.GONE;
    }
}
