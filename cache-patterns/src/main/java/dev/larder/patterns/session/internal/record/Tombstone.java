package dev.larder.patterns.session.internal.record;

import org.jspecify.annotations.Nullable;

/**
 * Stands where a session was, so that no late request brings it back.
 *
 * @param deadlineMillis how long it stands
 * @param successor the key that the session has now, or null if it has ended
 */
public record Tombstone(long deadlineMillis, @Nullable String successor) implements Stored {}
