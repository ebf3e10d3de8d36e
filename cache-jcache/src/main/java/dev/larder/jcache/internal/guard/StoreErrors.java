package dev.larder.jcache.internal.guard;

import dev.larder.codec.CodecException;
import dev.larder.store.StoreException;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Says in the standard's way what a store cannot do. The message of a store names no value and no secret, and so it is the
 * message for users, after the name of their cache.
 */
record StoreErrors(String cacheName) {

    /**
     * Makes a call.
     *
     * @throws CacheException if the store fails, or cannot keep what it was given
     */
    <R extends @Nullable Object> R translating(Supplier<R> call) {
        try {
            return call.get();
        } catch (StoreException | CodecException | IllegalArgumentException e) {
            throw translated(e);
        }
    }

    /**
     * Opens something. That codecs lack what they need, as a library, is told as an illegal state, which for users of the standard
     * would mean that something is closed.
     *
     * @throws CacheException if it cannot be opened as it is set
     */
    <R> R opening(Supplier<R> call) {
        try {
            return translating(call);
        } catch (IllegalStateException e) {
            throw translated(e);
        }
    }

    /** Makes a call that answers nothing. */
    void translating(Runnable call) {
        this.<@Nullable Object>translating(() -> {
            call.run();
            return null;
        });
    }

    private CacheException translated(RuntimeException cause) {
        String named = "cache \"" + cacheName + "\"";
        String message = String.valueOf(cause.getMessage());
        return new CacheException(message.contains(named) ? message : named + ": " + message, cause);
    }
}
