package dev.larder.jcache.internal.event;

import java.util.List;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/** A listener with its filter, as one configuration registered it. */
final class Registration<K, V> {

    private final CacheEntryListenerConfiguration<K, V> configuration;
    private final CacheEntryListener<? super K, ? super V> listener;
    private final Ears<K, V> ears;
    private final boolean wantsOld;
    private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;

    Registration(CacheEntryListenerConfiguration<K, V> configuration) {
        this.configuration = configuration;
        wantsOld = configuration.isOldValueRequired();
        listener = configuration.getCacheEntryListenerFactory().create();
        ears = Ears.of(listener);
        filter = newFilter(configuration);
    }

    private @Nullable CacheEntryEventFilter<? super K, ? super V> newFilter(
            CacheEntryListenerConfiguration<K, V> configuration) {
        Factory<CacheEntryEventFilter<? super K, ? super V>> filters = configuration.getCacheEntryEventFilterFactory();
        try {
            return filters == null ? null : filters.create();
        } catch (Throwable e) {
            // nobody else knows of the listener yet
            closeListener(e);
            throw e;
        }
    }

    private void closeListener(Throwable reason) {
        if (listener instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                reason.addSuppressed(e);
            }
        }
    }

    CacheEntryListenerConfiguration<K, V> configuration() {
        return configuration;
    }

    boolean isSynchronous() {
        return configuration.isSynchronous();
    }

    /** Whether the listener wants to know the old value. */
    boolean wantsOld() {
        return wantsOld;
    }

    String listenerName() {
        return listener.getClass().getName();
    }

    /** Returns the objects of the user that this holds. */
    List<Object> customisations() {
        return filter == null ? List.of(listener) : List.of(listener, filter);
    }

    /**
     * Tells the listener of an event, if it listens to such and the filter lets it pass.
     *
     * @throws CacheEntryListenerException if the filter or the listener failed
     */
    void tell(Cache<K, V> source, LarderEvent<K, V> event, UnaryOperator<K> copyKey, UnaryOperator<V> copyOut) {
        if (!ears.hear(event.getEventType()) || (wantsOld && event.lacksOldValue())) {
            return;
        }
        try {
            LarderEvent<K, V> seen = event.seenBy(source, wantsOld, copyKey, copyOut);
            if (filter == null || filter.evaluate(seen)) {
                ears.tell(seen);
            }
        } catch (CacheEntryListenerException e) {
            throw e;
        } catch (Throwable e) {
            // an error, too: it must not end the delivery of what others changed
            throw new CacheEntryListenerException(
                    "cache \"" + source.getName() + "\": listener " + listenerName() + " failed on "
                            + event.getEventType(),
                    e);
        }
    }
}
