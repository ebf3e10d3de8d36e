package dev.larder.patterns.session.internal.record;

/** Takes a copy back whose session did not move there. */
public record Discard() implements Step {

    @Override
    public Answer applyTo(RecordEntry entry) {
        if (entry.stored() instanceof SessionRecord record && record.isPending()) {
            entry.remove();
        }
        return Answer.GONE;
    }
}
