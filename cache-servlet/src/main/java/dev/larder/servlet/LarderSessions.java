package dev.larder.servlet;

import dev.larder.patterns.session.SessionStore;
import jakarta.servlet.ServletContext;
import java.util.EventListener;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What an application and its {@link LarderSessionFilter} have in common, in attributes of the {@link ServletContext}; for
 * example for a {@code ServletContextListener}, which is called before the filter is made.
 */
public final class LarderSessions {

    /** The attribute where the filter looks for its {@link SessionStore}, and puts the one that it made itself. */
    public static final String STORE = "dev.larder.servlet.store";

    private static final String LISTENERS = "dev.larder.servlet.listeners";

    private LarderSessions() {}

    /** Lets the filter keep its sessions in a store, which stays the application's to close. */
    public static void useStore(ServletContext context, SessionStore store) {
        context.setAttribute(STORE, Objects.requireNonNull(store, "store"));
    }

    /**
     * Returns the store of the filter, for example to end all sessions of a user.
     *
     * @throws IllegalStateException if there is none, as before the filter was made
     */
    public static SessionStore store(ServletContext context) {
        SessionStore store = storeOf(context);
        if (store == null) {
            throw new IllegalStateException("no filter of this application has made its session store yet;"
                    + " map LarderSessionFilter, or call LarderSessions.useStore before");
        }
        return store;
    }

    static @Nullable SessionStore storeOf(ServletContext context) {
        return (SessionStore) context.getAttribute(STORE);
    }

    /**
     * Tells a listener of sessions: an {@code HttpSessionListener}, {@code HttpSessionAttributeListener} or
     * {@code HttpSessionIdListener}. Those of web.xml and {@code @WebListener} are known to the container alone, which does not show them to filters.
     */
    public static void addListener(ServletContext context, EventListener listener) {
        listenersOf(context).add(Objects.requireNonNull(listener, "listener"));
    }

    /** Returns those that were added, which may become more. */
    @SuppressWarnings("unchecked") // nobody else has the name
    static List<EventListener> listenersOf(ServletContext context) {
        synchronized (LarderSessions.class) {
            Object there = context.getAttribute(LISTENERS);
            if (there != null) {
                return (List<EventListener>) there;
            }
            List<EventListener> listeners = new CopyOnWriteArrayList<>();
            context.setAttribute(LISTENERS, listeners);
            return listeners;
        }
    }
}
