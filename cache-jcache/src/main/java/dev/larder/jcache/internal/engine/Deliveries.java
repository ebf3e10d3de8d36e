package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.event.EventDispatcher.Delivery;
import java.util.ArrayList;
import java.util.List;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/** The news of one operation, to be delivered when its locks are free. For one thread. */
final class Deliveries {

    private final List<Delivery> waiting = new ArrayList<>(1);

    void add(@Nullable Delivery delivery) {
        if (delivery != null) {
            waiting.add(delivery);
        }
    }

    /** Delivers them all after an operation that failed half way; that failure is the one to be thrown. */
    void deliverDespite(Throwable failure) {
        try {
            deliver();
        } catch (CacheEntryListenerException e) {
            failure.addSuppressed(e);
        }
    }

    /** Delivers them all, and then throws the first failure of a listener. */
    void deliver() {
        CacheEntryListenerException failure = null;
        for (Delivery each : waiting) {
            try {
                each.deliver();
            } catch (CacheEntryListenerException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
