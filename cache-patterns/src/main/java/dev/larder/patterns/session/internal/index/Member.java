package dev.larder.patterns.session.internal.index;

/**
 * A session in an index. Times are in milliseconds since 1970.
 *
 * @param key the session's key
 * @param added since when it has the value
 * @param until when it is over at the latest, unless it says before that it is still there
 */
public record Member(String key, long added, long until) {}
