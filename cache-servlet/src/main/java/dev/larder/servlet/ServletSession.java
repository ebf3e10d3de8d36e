package dev.larder.servlet;

import dev.larder.patterns.session.SaveResult;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStoreException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A session as the standard wants it, over one of the store. For one request, and all threads of it. */
final class ServletSession implements HttpSession {

    /** The attribute with the name of who logged in; nobody else sees it. */
    private static final String USER = "dev.larder.servlet.user";

    private enum State {
        LIVE,
        /** Its listeners are being told, who may still look at it. */
        ENDING,
        ENDED
    }

    private final Session session;
    private final SessionSetup setup;
    private final Owner owner;
    private final boolean isNew;
    private final boolean isIdKnown;
    private final long lastAccessedMillis;
    private final Activations activations = new Activations();
    private volatile State state = State.LIVE;
    private boolean wasStored;

    private ServletSession(Session session, SessionSetup setup, Owner owner, boolean isNew) {
        this.session = session;
        this.setup = setup;
        this.owner = owner;
        this.isNew = isNew;
        this.wasStored = !isNew;
        this.isIdKnown = isIdKnown(session);
        this.lastAccessedMillis = session.lastAccessedAt().toEpochMilli();
    }

    /** Who has the session in hands. It is also the lock of the session. */
    interface Owner {
        /** The session has just ended. */
        void wasInvalidated();
    }

    /** Returns a new session, of which {@link #tellOfBegin} has to tell. */
    static ServletSession create(SessionSetup setup, Owner owner) {
        return new ServletSession(setup.store().create(), setup, owner, true);
    }

    /** Returns a session that this request goes on with. */
    static ServletSession found(Session session, SessionSetup setup, Owner owner) {
        ServletSession found = new ServletSession(session, setup, owner, false);
        session.accessed();
        return found;
    }

    /** Tells of a session that has ended in the store. */
    static void tellOfEnd(Session ended, SessionSetup setup) {
        new ServletSession(ended, setup, () -> {}, false).end();
    }

    private static boolean isIdKnown(Session session) {
        try {
            return !session.id().isEmpty();
        } catch (IllegalStateException unknown) {
            return false;
        }
    }

    void tellOfBegin() {
        setup.listeners().created(this);
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    /**
     * Gives it another id if that is due. Returns whether the client is to be told of one, also if the store failed half way. If it failed before that, it is due again
     * in the next request.
     */
    boolean renewId() {
        synchronized (owner) {
            String oldId = session.id();
            if (session.needsRenewal()) {
                tryToRenewId();
            }
            return tellIfChanged(oldId);
        }
    }

    /** A request that has stored all it wanted does not fail for this. */
    private void tryToRenewId() {
        try {
            setup.store().renewId(session);
        } catch (SessionStoreException e) {
            setup.context().log("it is not certain that the id of a session was renewed: " + e.getMessage());
        }
    }

    /** Tells the listeners of another id, and returns whether it has one. */
    private boolean tellIfChanged(String oldId) {
        boolean isChanged = !session.id().equals(oldId);
        if (isChanged) {
            setup.listeners().idChanged(this, oldId);
        }
        return isChanged;
    }

    /**
     * Gives it another id. If the store fails half way it has one all the same, and the old one is dead.
     *
     * @throws IllegalStateException if it was ended elsewhere meanwhile
     */
    void rotateId() {
        synchronized (owner) {
            String oldId = session.id();
            boolean isChanged;
            try {
                setup.store().rotateId(session);
            } finally {
                isChanged = tellIfChanged(oldId);
            }
            if (!isChanged) {
                state = State.ENDED;
                throw hasEnded();
            }
        }
    }

    /**
     * Stores what was changed since it was stored last; if that was nothing, mostly without asking the store. A session that was
     * ended elsewhere meanwhile ends here, too.
     *
     * @throws SessionConflictException if another request changed the same attribute, and the store was told to compare
     */
    void save() {
        synchronized (owner) {
            if (isLive()) {
                setup.listeners().tell(() -> activations.passivate(this, session));
                accept(setup.store().save(session));
            }
        }
    }

    private void accept(SaveResult result) {
        if (result == SaveResult.GONE) {
            state = State.ENDED;
        } else if (result == SaveResult.CONFLICT) {
            throw new SessionConflictException();
        } else {
            wasStored = true;
        }
    }

    /** Is of no use any more, as what was changed could not be stored. Returns whether that is the end of it, as it was never stored. */
    boolean abandon() {
        if (wasStored) {
            state = State.ENDED;
        } else {
            end();
        }
        return !wasStored;
    }

    /** Returns who logged in, as far as the container was asked, or null. */
    @Nullable
    String user() {
        return session.attribute(USER) instanceof String user ? user : null;
    }

    void user(@Nullable String user) {
        session.attribute(USER, user);
    }

    /** For a session that was found by other means than its id, the key: nobody knows the id. */
    @Override
    public String getId() {
        return isIdKnown ? session.id() : session.key();
    }

    @Override
    public long getCreationTime() {
        requireNotEnded();
        return session.createdAt().toEpochMilli();
    }

    @Override
    public long getLastAccessedTime() {
        requireNotEnded();
        return lastAccessedMillis;
    }

    @Override
    public boolean isNew() {
        requireNotEnded();
        return isNew;
    }

    @Override
    public ServletContext getServletContext() {
        return setup.context();
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        session.idleTimeout(Duration.ofSeconds(seconds));
    }

    @Override
    public int getMaxInactiveInterval() {
        return (int) Math.min(session.idleTimeout().toSeconds(), Integer.MAX_VALUE);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        requireNotEnded();
        Object value = session.attribute(Objects.requireNonNull(name, "name"));
        setup.listeners().tell(() -> activations.read(this, name, value));
        return value;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        requireNotEnded();
        return Collections.enumeration(attributeNames());
    }

    private List<String> attributeNames() {
        return session.attributeNames().stream()
                .filter(name -> !name.equals(USER))
                .toList();
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        requireLive();
        Object old = session.attribute(Objects.requireNonNull(name, "name"));
        if (value == null) {
            removeAttribute(name);
            return;
        }
        if (value != old) {
            tellBound(name, value);
        }
        session.attribute(name, value);
        activations.set(name, value);
        if (old == null) {
            setup.listeners().added(this, name, value);
        } else {
            if (value != old) {
                tellUnbound(name, old);
            }
            setup.listeners().replaced(this, name, old);
        }
    }

    @Override
    public void removeAttribute(String name) {
        requireLive();
        Object old = session.attribute(Objects.requireNonNull(name, "name"));
        session.removeAttribute(name);
        activations.set(name, null);
        if (old != null) {
            tellRemoved(name, old);
        }
    }

    /** The store first: if that fails, nothing has happened, and the user can log out again. */
    @Override
    public void invalidate() {
        synchronized (owner) {
            requireLive();
            StoreEvents.exceptOwn(() -> setup.store().invalidate(session));
            end();
            owner.wasInvalidated();
        }
    }

    private void end() {
        state = State.ENDING;
        setup.listeners().destroyed(this);
        for (String name : attributeNames()) {
            Object value = session.attribute(name);
            if (value != null) {
                tellRemoved(name, value);
            }
        }
        state = State.ENDED;
    }

    private void tellBound(String name, Object value) {
        if (value instanceof HttpSessionBindingListener listener) {
            setup.listeners().tell(() -> listener.valueBound(new HttpSessionBindingEvent(this, name, value)));
        }
    }

    private void tellUnbound(String name, Object value) {
        if (value instanceof HttpSessionBindingListener listener) {
            setup.listeners().tell(() -> listener.valueUnbound(new HttpSessionBindingEvent(this, name, value)));
        }
    }

    private void tellRemoved(String name, Object value) {
        tellUnbound(name, value);
        setup.listeners().removed(this, name, value);
    }

    private void requireNotEnded() {
        if (state == State.ENDED) {
            throw hasEnded();
        }
    }

    private void requireLive() {
        if (state != State.LIVE) {
            throw hasEnded();
        }
    }

    private static IllegalStateException hasEnded() {
        return new IllegalStateException("the session was invalidated");
    }
}
