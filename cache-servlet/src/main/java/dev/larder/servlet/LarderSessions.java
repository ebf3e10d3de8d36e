package dev.larder.servlet;

import dev.larder.patterns.session.SessionStore;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
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
     * Stores now what a request has changed in its session, instead of when the response is sent, for who wants to answer a failure himself:
     *
     * <pre>{@code
     * session.setAttribute("user", name);
     * try {
     *     LarderSessions.save(request);
     * } catch (TooManySessionsException e) {
     *     showLogin("You are logged in at too many places. Log out at one of them.");
     *     return;
     * }
     * }</pre>
     *
     * <p>If it fails, what was changed is dropped, and the session with it if it was new; {@code request.getSession} is asked again then. Does nothing if
     * the request did not ask for its session.
     *
     * @throws IllegalArgumentException if the request did not pass the filter
     * @throws dev.larder.patterns.session.TooManySessionsException if there are too many sessions like it
     * @throws SessionConflictException if another request changed the same attribute, and the store was told to compare
     * @throws dev.larder.patterns.session.SessionStoreException if the store cannot be used
     */
    public static void save(ServletRequest request) {
        RequestSession session = SessionRequest.sessionOf(request);
        if (session == null) {
            throw new IllegalArgumentException(
                    "this request did not pass LarderSessionFilter; map the filter to its path");
        }
        session.saveOrAbandon();
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
