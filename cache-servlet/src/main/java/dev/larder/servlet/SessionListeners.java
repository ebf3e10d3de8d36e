package dev.larder.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Whom to tell of sessions: the listeners of the filter, and those of the context, which may become more. One that fails is
 * logged, and keeps neither the others nor the request from going on.
 */
final class SessionListeners {

    private final ServletContext context;
    private final List<EventListener> ofFilter;
    private final List<EventListener> ofContext;

    SessionListeners(ServletContext context, List<EventListener> ofFilter) {
        this.context = context;
        this.ofFilter = List.copyOf(ofFilter);
        this.ofContext = LarderSessions.listenersOf(context);
    }

    void created(HttpSession session) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        tell(HttpSessionListener.class, listener -> listener.sessionCreated(event));
    }

    /** As the standard wants it, the last one first. */
    void destroyed(HttpSession session) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        List<HttpSessionListener> all = new ArrayList<>(all(HttpSessionListener.class));
        Collections.reverse(all);
        all.forEach(listener -> tell(() -> listener.sessionDestroyed(event)));
    }

    void idChanged(HttpSession session, String oldId) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        tell(HttpSessionIdListener.class, listener -> listener.sessionIdChanged(event, oldId));
    }

    void added(HttpSession session, String name, Object value) {
        HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, value);
        tell(HttpSessionAttributeListener.class, listener -> listener.attributeAdded(event));
    }

    void replaced(HttpSession session, String name, Object old) {
        HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, old);
        tell(HttpSessionAttributeListener.class, listener -> listener.attributeReplaced(event));
    }

    void removed(HttpSession session, String name, Object old) {
        HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, old);
        tell(HttpSessionAttributeListener.class, listener -> listener.attributeRemoved(event));
    }

    private <L> void tell(Class<L> type, Consumer<L> event) {
        all(type).forEach(listener -> tell(() -> event.accept(listener)));
    }

    private <L> List<L> all(Class<L> type) {
        return Stream.concat(ofFilter.stream(), ofContext.stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Tells one listener, or one attribute that listens. */
    void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            context.log("a listener of sessions failed", e);
        }
    }
}
