package dev.larder.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** Tells a listener of the application, with the context that it knows: one that stores the session when it completes. */
final class ForwardingListener implements AsyncListener {

    private final AsyncListener listener;
    private final AsyncContext context;

    ForwardingListener(AsyncListener listener, AsyncContext context) {
        this.listener = listener;
        this.context = context;
    }

    private AsyncEvent known(AsyncEvent event) {
        return new AsyncEvent(context, event.getSuppliedRequest(), event.getSuppliedResponse(), event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
        listener.onComplete(known(event));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        listener.onTimeout(known(event));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        listener.onError(known(event));
    }

    /** The context of the new start, which the application may want to add itself to again. */
    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
        listener.onStartAsync(event);
    }
}
