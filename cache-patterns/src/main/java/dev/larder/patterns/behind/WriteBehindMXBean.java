package dev.larder.patterns.behind;

import org.jspecify.annotations.Nullable;

/** Shows how write-behind is. Its counts never go back; a queue that grows old is the first sign of trouble. */
public interface WriteBehindMXBean {

    /** Returns how many keys have a change that waits to be written. */
    int getWaiting();

    /** Returns how many changes are with the writer just now. */
    int getInFlight();

    /** Returns how many keys the queue has room for, those with the writer included. */
    int getCapacity();

    /** Returns for how many milliseconds the oldest change has been waiting, or zero. */
    long getOldestMillis();

    /** Returns how many changes were accepted. */
    long getAccepted();

    /** Returns how many of them were not written because a later one took their place. */
    long getCoalesced();

    /** Returns how many changes were written. */
    long getWritten();

    /** Returns how many batches were written, wholly or in part. */
    long getBatches();

    /** Returns how many calls of the writer failed. */
    long getFailures();

    /** Returns how many calls of the writer have failed since one last succeeded. */
    int getFailuresInARow();

    /** Returns the class of what the writer failed with last and that of its root cause, or null. Messages can show values. */
    @Nullable
    String getLastFailure();

    /** Returns how many changes were given up, not counting those that were shed. */
    long getDeadLetters();

    /** Returns how many changes were dropped because the queue was full. */
    long getShed();

    /** Returns how many changes were refused because the queue was full. */
    long getRejected();

    /** Returns how many changes of an earlier run the journal had. */
    long getRecovered();
}
