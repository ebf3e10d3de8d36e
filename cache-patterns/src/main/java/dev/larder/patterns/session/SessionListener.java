package dev.larder.patterns.session;

import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of sessions, on the thread that brings it about, in the JVM that does so. What it throws is logged and goes no further. Methods
 * that are not wanted can be left out.
 */
public interface SessionListener {

    /** Why a session ended. */
    enum Reason {
        /** Somebody ended it. */
        INVALIDATED,
        /** Its time was over; told when that was found. */
        EXPIRED,
        /** There were too many, see {@link SessionStoreBuilder#maxSessions}. */
        TOO_MANY
    }

    /** A session was stored for the first time. */
    default void created(Session session) {}

    /**
     * A session ended.
     *
     * @param session what it was; its attributes can be read, its id is known only if a client just used it
     */
    default void destroyed(Session session, Reason reason) {}

    /**
     * A session was given another id.
     *
     * @param oldKey the key it had
     */
    default void idChanged(String oldKey, Session session) {}

    /**
     * A session, or an attribute of one, could not be read, and is taken for absent.
     *
     * @param key the key of the session
     * @param attribute the name of the attribute, or null if it is the whole session
     * @param reason what was wrong, without any of the bytes
     */
    default void unreadable(String key, @Nullable String attribute, String reason) {}
}
