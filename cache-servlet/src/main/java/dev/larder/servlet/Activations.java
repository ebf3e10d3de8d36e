package dev.larder.servlet;

import dev.larder.patterns.session.Session;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The attributes that this request has in its hands: each is activated when it is read first, and passivated before it is stored. */
final class Activations {

    private final Set<String> active = ConcurrentHashMap.newKeySet();

    /** An attribute was read. */
    void read(HttpSession session, String name, @Nullable Object value) {
        if (value instanceof HttpSessionActivationListener listener && active.add(name)) {
            listener.sessionDidActivate(new HttpSessionEvent(session));
        }
    }

    /** An attribute was set, by somebody who has it in his hands. */
    void set(String name, @Nullable Object value) {
        if (value instanceof HttpSessionActivationListener) {
            active.add(name);
        } else {
            active.remove(name);
        }
    }

    /** The session is about to be stored. */
    void passivate(HttpSession session, Session stored) {
        for (String name : List.copyOf(active)) {
            active.remove(name);
            if (stored.attribute(name) instanceof HttpSessionActivationListener listener) {
                listener.sessionWillPassivate(new HttpSessionEvent(session));
            }
        }
    }
}
