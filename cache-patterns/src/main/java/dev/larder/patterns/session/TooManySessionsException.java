package dev.larder.patterns.session;

/** A session was refused because there are as many of its kind as {@link SessionStoreBuilder#maxSessions} allows; nothing was stored. */
public class TooManySessionsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManySessionsException(String index, int limit) {
        super("there are already " + limit + " sessions with the same value of the index \"" + index
                + "\", as many as maxSessions allows; end one of them, raise the limit, or let the oldest go");
    }
}
