package dev.larder.servlet;

/**
 * Another request changed the same attribute of the session at the same time; nothing was stored. Only with a store that was told to
 * {@linkplain dev.larder.patterns.session.SessionStoreBuilder#compareAndSet compare}. The filter answers 409 where it still can, unless {@link LarderSessions#save} threw it.
 */
public final class SessionConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SessionConflictException() {
        super("another request changed the same attribute of the session");
    }
}
