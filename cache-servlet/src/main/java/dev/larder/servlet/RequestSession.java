package dev.larder.servlet;

import dev.larder.patterns.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The session of one request, however many dispatches and threads it has. The store is asked when the application asks, and not
 * before. The client is told of a new id at once: containers end a response in ways that no wrapper sees.
 */
final class RequestSession implements ServletSession.Owner {

    private final SessionSetup setup;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final RequestedIds ids;

    private @Nullable ServletSession current;
    private boolean wasLookedFor;
    private boolean isClientTold;

    /**
     * Makes one for a request as the filter was given it first.
     *
     * @param response for headers, also where the application has another one in hands
     */
    RequestSession(SessionSetup setup, HttpServletRequest request, HttpServletResponse response) {
        this.setup = setup;
        this.request = request;
        this.response = response;
        this.ids = new RequestedIds(request, setup.tracking());
    }

    /** Returns the session, or null if there is none. */
    synchronized @Nullable ServletSession find() {
        if (!wasLookedFor) {
            current = load();
            wasLookedFor = true;
        }
        return current != null && current.isLive() ? current : null;
    }

    private @Nullable ServletSession load() {
        for (String id : ids.toTry()) {
            Session session = setup.store().find(id);
            if (session != null) {
                ids.wasFound(id);
                return ServletSession.found(session, setup, this);
            }
        }
        ids.abandon(null);
        return null;
    }

    /**
     * Returns the session, a new one if there is none.
     *
     * @throws IllegalStateException if there is none, and it is too late to tell the client of a new one
     */
    synchronized ServletSession findOrCreate() {
        ServletSession found = find();
        if (found != null) {
            return found;
        }
        requireUncommitted("a session cannot begin");
        ServletSession created = ServletSession.create(setup, this);
        current = created;
        tellClient(created);
        created.tellOfBegin();
        return created;
    }

    /** Gives the session another id, which it returns. */
    synchronized String changeId() {
        ServletSession session = find();
        if (session == null) {
            throw new IllegalStateException("there is no session whose id could change");
        }
        requireUncommitted("the id of the session cannot change");
        rotateId(session);
        return session.getId();
    }

    /** If the store fails half way, the session has its new id, and the old one is dead: the client is told of whichever it has then. */
    private void rotateId(ServletSession session) {
        String oldId = session.getId();
        try {
            session.rotateId();
        } finally {
            if (!session.getId().equals(oldId)) {
                tellClient(session);
            }
        }
    }

    /**
     * After a login: what somebody gave the user as an id before is of no use to him then.
     *
     * @param user who is logged in, or null if it is not known
     */
    synchronized void userLoggedIn(@Nullable String user) {
        ServletSession session = find();
        if (session != null) {
            changeId();
            session.user(user);
        }
    }

    /**
     * After a request showed who its user is, as each request may do: only the first of a session is a login. If each were, parallel
     * requests would take the session's id from each other.
     */
    synchronized void userIsKnown(@Nullable String user) {
        ServletSession session = find();
        if (session != null && (user == null || !user.equals(session.user()))) {
            userLoggedIn(user);
        }
    }

    /** After a logout that leaves the session: whoever comes next logs in. */
    synchronized void userLoggedOut() {
        ServletSession session = find();
        if (session != null && session.user() != null) {
            session.user(null);
        }
    }

    private void requireUncommitted(String what) {
        if (response.isCommitted()) {
            throw new IllegalStateException(
                    what + " after the response was committed: the client could not be told; call it earlier");
        }
    }

    private void tellClient(ServletSession session) {
        setup.tracking().send(session.getId(), request, response);
        isClientTold = true;
    }

    /** Tells the client again what a reset of the response has wiped out. */
    synchronized void responseWasReset() {
        if (!isClientTold) {
            return;
        }
        String id = liveId();
        if (id != null) {
            setup.tracking().send(id, request, response);
        } else {
            setup.tracking().end(request, response);
        }
    }

    /** Returns the id with which the client is to go on, or null. */
    private @Nullable String liveId() {
        if (current == null) {
            return ids.abandoned();
        }
        return current.isLive() ? current.getId() : null;
    }

    @Override
    public synchronized void wasInvalidated() {
        if (!response.isCommitted()) {
            setup.tracking().end(request, response);
            isClientTold = true;
        }
    }

    /** Makes all ready for the client to see the response: stores what was changed, and renews the id if that is due. */
    synchronized void beforeCommit() {
        save();
        renewId();
    }

    /** The same at the end of a dispatch. If storing fails, nothing of it is tried again. */
    synchronized void endOfDispatch() {
        saveOrAbandon();
        renewId();
    }

    private void save() {
        if (current != null) {
            current.save();
        }
    }

    /**
     * Not when the session is found: the client goes on with the old id until it sees this response, however long that takes, and the old id is
     * followed for a moment only.
     */
    private void renewId() {
        if (current != null && current.isLive() && !response.isCommitted() && current.renewId()) {
            tellClient(current);
        }
    }

    /** Stores what was changed. If that fails, nothing of it is tried again, also not after an error page that is shown then. */
    synchronized void saveOrAbandon() {
        try {
            save();
        } catch (RuntimeException e) {
            abandon();
            throw e;
        }
    }

    /** The same before an asynchronous request completes, where nobody catches what fails: the client is told of it here, if it is not too late. */
    synchronized void endOfAsync() {
        try {
            endOfDispatch();
        } catch (RuntimeException e) {
            answer(e);
        }
    }

    private void answer(RuntimeException failure) {
        try {
            setup.answers().answer(failure, response, setup.context());
        } catch (IOException | RuntimeException e) {
            setup.context().log("the client could not be told of a session that was not stored", e);
        }
    }

    /** Lets go of the session with all that was changed; who asks for it again gets it as it is in the store, by the id that it has now. */
    private void abandon() {
        if (current != null) {
            abandon(current);
        }
        current = null;
        wasLookedFor = false;
    }

    private void abandon(ServletSession session) {
        boolean isTheEnd = session.abandon();
        ids.abandon(isTheEnd ? null : session.getId());
        if (isTheEnd && isClientTold && !response.isCommitted()) {
            setup.tracking().end(request, response);
        }
    }

    /** Stores what was changed, where nobody can be told if that fails. */
    void saveOrLog() {
        try {
            saveOrAbandon();
        } catch (RuntimeException e) {
            setup.context().log("what was changed in a session could not be stored", e);
        }
    }

    /** Returns the id that the client sent, or null. If it sent several, the one of its session. */
    synchronized @Nullable String requestedId() {
        return ids.requested();
    }

    /** Returns whether the id that the client sent is still that of a session. */
    synchronized boolean isRequestedIdValid() {
        ServletSession session = find();
        return session != null && session.getId().equals(ids.found());
    }

    boolean isByCookie() {
        return setup.tracking().isByCookie();
    }
}
