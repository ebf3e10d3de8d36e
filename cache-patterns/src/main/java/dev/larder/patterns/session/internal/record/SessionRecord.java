package dev.larder.patterns.session.internal.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session as it is stored. The arrays are shared and never changed.
 *
 * @param isPending whether the session is being moved here, and is not yet valid
 * @param version a number that each change raises
 * @param times its times
 * @param indexes the values under which it can be found, by the names of the indexes
 * @param attributes its attributes, each as its codec wrote it
 */
public record SessionRecord(
        boolean isPending, long version, Times times, Map<String, String> indexes, Map<String, byte[]> attributes)
        implements Stored {

    /** Copies the maps. */
    public SessionRecord {
        indexes = Collections.unmodifiableMap(new LinkedHashMap<>(indexes));
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** Returns a session without attributes. */
    public static SessionRecord begun(Times times) {
        return new SessionRecord(false, 0, times, Map.of(), Map.of());
    }

    @Override
    public long deadlineMillis() {
        return times.deadline();
    }

    /** Whether a client can use it. */
    public boolean isLiveAt(long nowMillis) {
        return !isPending && !hasExpiredAt(nowMillis);
    }

    /** Whether its time is over. */
    public boolean hasExpiredAt(long nowMillis) {
        return nowMillis >= deadlineMillis();
    }

    /** Returns this session at another place, where it becomes valid only when {@link #activated}. */
    public SessionRecord movedAt(long nowMillis) {
        return new SessionRecord(true, version, times.renewedAt(nowMillis), indexes, attributes);
    }

    /** Returns this session as one that clients can use. */
    public SessionRecord activated() {
        return new SessionRecord(false, version + 1, times, indexes, attributes);
    }

    /** Returns this session without its attributes, for those who know them. */
    SessionRecord withoutAttributes() {
        return new SessionRecord(isPending, version, times, indexes, Map.of());
    }
}
