package dev.larder.servlet;

import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionListener;

/** Tells listeners of the standard of sessions that ended in the store, and not by a request's own {@code invalidate}. */
final class StoreEvents implements SessionListener {

    /** Whether this thread ends a session by itself, and tells of that by itself. */
    private static final ThreadLocal<Boolean> OWN = new ThreadLocal<>();

    private final SessionSetup setup;

    StoreEvents(SessionSetup setup) {
        this.setup = setup;
    }

    static void exceptOwn(Runnable action) {
        OWN.set(true);
        try {
            action.run();
        } finally {
            OWN.remove();
        }
    }

    @Override
    public void destroyed(Session session, Reason reason) {
        if (OWN.get() == null) {
            ServletSession.tellOfEnd(session, setup);
        }
    }
}
