package dev.larder.patterns.session;

import dev.larder.patterns.session.SessionListener.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the listeners, and lets none of them do harm. */
final class Events {

    private static final Logger LOG = System.getLogger("dev.larder.patterns.session");

    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();

    Events(List<SessionListener> listeners) {
        this.listeners.addAll(listeners);
    }

    void add(SessionListener listener) {
        listeners.add(listener);
    }

    void remove(SessionListener listener) {
        listeners.remove(listener);
    }

    void created(Session session) {
        tell(listener -> listener.created(session));
    }

    void destroyed(Session session, Reason reason) {
        tell(listener -> listener.destroyed(session, reason));
    }

    void idChanged(String oldKey, Session session) {
        tell(listener -> listener.idChanged(oldKey, session));
    }

    void unreadable(String key, @Nullable String attribute, String reason) {
        LOG.log(
                Level.DEBUG,
                () -> (attribute == null ? "a session" : "attribute \"" + attribute + "\" of a session")
                        + " cannot be read and is taken for absent: " + reason);
        tell(listener -> listener.unreadable(key, attribute, reason));
    }

    private void tell(Consumer<SessionListener> news) {
        for (SessionListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, () -> "listener " + listener.getClass().getName() + " failed", e);
            }
        }
    }
}
