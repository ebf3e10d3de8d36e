package dev.larder.patterns.behind;

import org.jspecify.annotations.Nullable;

/**
 * A change that will not be written.
 *
 * @param key the key
 * @param value the value that was to be written, or null if the key was to be deleted
 * @param reason why it will not be
 * @param cause what the writer failed with last, or null if it was not asked
 * @param <K> the type of key
 * @param <V> the type of value
 */
public record DeadLetter<K, V>(
        K key, @Nullable V value, Reason reason, @Nullable Throwable cause) {

    /** Why a change is not written. */
    public enum Reason {
        /** The writer failed as often as it may, or with something that trying again does not help. */
        FAILED,
        /** The queue was full, and is one that sheds. */
        SHED,
        /** Write-behind was closed before it could be written, and there is no journal. It may yet have been written if a write was under way. */
        CLOSED
    }

    /** Says what it is without key, value and message of the cause, which do not belong into logs. */
    @Override
    public String toString() {
        String deed = value == null ? "deletion" : "write";
        return "dead letter: " + deed + ", " + reason
                + (cause == null ? "" : ", " + cause.getClass().getName());
    }
}
