package dev.larder.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request whose session is in the store. */
final class SessionRequest extends HttpServletRequestWrapper {

    private final RequestSession session;
    private final SessionResponse response;
    private @Nullable SessionAsyncContext async;

    SessionRequest(HttpServletRequest request, RequestSession session, SessionResponse response) {
        super(request);
        this.session = session;
        this.response = response;
    }

    /** Returns the session of a request that passed the filter, or null. */
    static @Nullable RequestSession sessionOf(ServletRequest request) {
        ServletRequest each = request;
        while (each instanceof ServletRequestWrapper wrapper) {
            if (each instanceof SessionRequest found) {
                return found.session;
            }
            each = wrapper.getRequest();
        }
        return null;
    }

    /** Returns whether a request is one of these, or wraps one, for a session. */
    static boolean isAround(ServletRequest request, RequestSession session) {
        ServletRequest each = request;
        while (each instanceof ServletRequestWrapper wrapper) {
            if (each instanceof SessionRequest found && found.session == session) {
                return true;
            }
            each = wrapper.getRequest();
        }
        return false;
    }

    SessionResponse response() {
        return response;
    }

    RequestSession session() {
        return session;
    }

    @Override
    public HttpSession getSession() {
        return session.findOrCreate();
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return create ? session.findOrCreate() : session.find();
    }

    @Override
    public String changeSessionId() {
        return session.changeId();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return session.requestedId();
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return session.isRequestedIdValid();
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return session.isByCookie() && session.requestedId() != null;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return false;
    }

    @Override
    public void login(String user, String password) throws ServletException {
        super.login(user, password);
        session.userLoggedIn(getRemoteUser());
    }

    @Override
    public void logout() throws ServletException {
        super.logout();
        session.userLoggedOut();
    }

    @Override
    public boolean authenticate(HttpServletResponse answer) throws IOException, ServletException {
        boolean isKnown = super.authenticate(answer);
        if (isKnown) {
            session.userIsKnown(getRemoteUser());
        }
        return isKnown;
    }

    /** With this request and not with the one of the container, which would not know the session. */
    @Override
    public AsyncContext startAsync() {
        return SessionAsyncContext.begin(this, super.startAsync(this, response), true);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
        return SessionAsyncContext.begin(this, super.startAsync(request, answer), false);
    }

    void wasStarted(SessionAsyncContext context) {
        async = context;
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext raw = super.getAsyncContext();
        SessionAsyncContext started = async;
        return started != null ? started : raw;
    }
}
