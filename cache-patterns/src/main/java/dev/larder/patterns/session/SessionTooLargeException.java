package dev.larder.patterns.session;

/** An attribute or a session has more bytes than is allowed; nothing was stored. */
public class SessionTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private SessionTooLargeException(String message) {
        super(message);
    }

    static SessionTooLargeException ofAttribute(String name, int bytes, int limit) {
        return new SessionTooLargeException("attribute \"" + name + "\" has " + bytes
                + " bytes, more than maxAttributeBytes = " + limit
                + "; keep less in it (a key instead of what it stands for), or raise maxAttributeBytes");
    }

    static SessionTooLargeException ofSession(int bytes, int limit) {
        return new SessionTooLargeException("a session would have " + bytes + " bytes, more than maxSessionBytes = "
                + limit + "; keep less in sessions, or raise maxSessionBytes");
    }
}
