package dev.larder.jcache.internal.facade;

import java.lang.System.Logger.Level;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/** A call of {@code loadAll} on its way: whatever becomes of it, its listener is told once. */
final class LoadTask implements Runnable {

    private static final System.Logger LOGGER = System.getLogger(LoadTask.class.getName());

    private final String cacheName;
    private final Runnable load;
    private final @Nullable CompletionListener listener;

    LoadTask(String cacheName, Runnable load, @Nullable CompletionListener listener) {
        this.cacheName = cacheName;
        this.load = load;
        this.listener = listener;
    }

    @Override
    public void run() {
        try {
            load.run();
        } catch (Exception e) {
            tellFailure(e);
            return;
        } catch (Error e) {
            tellFailure(new CacheException("cache \"" + cacheName + "\": loadAll ended in an error", e));
            throw e;
        }
        if (listener != null) {
            tell(listener::onCompletion);
        }
    }

    /** Tells that the load will not be done, because the manager is closed. */
    void abandon() {
        tellFailure(new IllegalStateException("cache \"" + cacheName + "\" was closed before loadAll began"));
    }

    private void tellFailure(Exception failure) {
        if (listener != null) {
            tell(() -> listener.onException(failure));
        }
    }

    /** Tells the listener; if that fails, nobody is left to hear of it, and the other loads shall be told all the same. */
    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "cache \"" + cacheName + "\": the completion listener of loadAll failed", e);
        }
    }
}
