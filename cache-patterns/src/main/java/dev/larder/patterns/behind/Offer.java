package dev.larder.patterns.behind;

/**
 * The answer to a change that was offered to the queue.
 *
 * @param outcome what became of it
 * @param sequence its number, if it was queued
 * @param needsRun whether nobody may know yet that there is something to be written
 */
record Offer(Outcome outcome, long sequence, boolean needsRun) {

    /** What can become of a change. */
    enum Outcome {
        QUEUED,
        /** Queued in the place of an earlier one of its key. */
        COALESCED,
        FULL,
        CLOSED
    }

    static Offer queued(long sequence) {
        return new Offer(Outcome.QUEUED, sequence, true);
    }

    static Offer coalesced(long sequence, boolean needsRun) {
        return new Offer(Outcome.COALESCED, sequence, needsRun);
    }

    static Offer refused(Outcome outcome) {
        return new Offer(outcome, 0, false);
    }
}
