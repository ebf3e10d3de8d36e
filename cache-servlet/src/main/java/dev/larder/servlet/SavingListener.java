package dev.larder.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Stores the session when an asynchronous request ends, in whatever way. */
final class SavingListener implements AsyncListener {

    private final RequestSession session;

    SavingListener(RequestSession session) {
        this.session = session;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        session.saveOrLog();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        session.saveOrLog();
    }

    @Override
    public void onError(AsyncEvent event) {
        session.saveOrLog();
    }

    /** Containers forget their listeners when a request is made asynchronous again, and are given a new one then. */
    @Override
    public void onStartAsync(AsyncEvent event) {}
}
