package dev.larder.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/** Stores the session before an asynchronous request completes, which no wrapper of the response hears of. */
final class SessionAsyncContext implements AsyncContext {

    private final AsyncContext context;
    private final RequestSession session;
    private final boolean isOriginal;

    private SessionAsyncContext(AsyncContext context, RequestSession session, boolean isOriginal) {
        this.context = context;
        this.session = session;
        this.isOriginal = isOriginal;
    }

    /** Wraps what the container has just started. */
    static SessionAsyncContext begin(SessionRequest request, AsyncContext started, boolean isOriginal) {
        SessionAsyncContext begun = new SessionAsyncContext(started, request.session(), isOriginal);
        request.wasStarted(begun);
        started.addListener(new SavingListener(request.session()), request, request.response());
        return begun;
    }

    /** Completes also if the session cannot be stored: the client is waiting. */
    @Override
    public void complete() {
        try {
            session.endOfAsync();
        } finally {
            context.complete();
        }
    }

    @Override
    public void addListener(AsyncListener listener) {
        context.addListener(new ForwardingListener(listener, this));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        context.addListener(new ForwardingListener(listener, this), request, response);
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return isOriginal || context.hasOriginalRequestAndResponse();
    }

    @Override
    public ServletRequest getRequest() {
        return context.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return context.getResponse();
    }

    @Override
    public void dispatch() {
        context.dispatch();
    }

    @Override
    public void dispatch(String path) {
        context.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext other, String path) {
        context.dispatch(other, path);
    }

    @Override
    public void start(Runnable run) {
        context.start(run);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return context.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        context.setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
        return context.getTimeout();
    }
}
