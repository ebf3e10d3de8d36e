package dev.larder.patterns.session;

/** Who goes when there are more sessions of one value of an index than {@link SessionStoreBuilder#maxSessions} allows. */
public enum WhenTooMany {
    /** The session that was used least recently ends; two that were used in the same moment, by the order of their logins. */
    END_OLDEST_USED,
    /** The session that has had the value for longest ends: for an index of users, the oldest login. */
    END_OLDEST_CREATED,
    /** The new session is refused: {@link SessionStore#save} throws {@link TooManySessionsException} and stores nothing. */
    REFUSE_NEW
}
