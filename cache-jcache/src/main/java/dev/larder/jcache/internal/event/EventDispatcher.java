package dev.larder.jcache.internal.event;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what happened.
 *
 * <p>In two steps: {@link #publish} takes the news, under the lock of their key, so that they have the order of the
 * changes; {@link Delivery#deliver()} brings them to synchronous listeners, after the lock is free, so that a listener may be slow or
 * call the cache. Asynchronous listeners get theirs from an executor.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class EventDispatcher<K, V> {

    private final Cache<K, V> source;
    private final Executor executor;
    private final Supplier<ExecutorService> listenerThreads;
    private final UnaryOperator<K> copyKey;
    private final UnaryOperator<V> copyOut;
    private final List<Registration<K, V>> synchronous = new CopyOnWriteArrayList<>();
    private final List<AsynchronousListener<K, V>> asynchronous = new CopyOnWriteArrayList<>();
    private final SynchronousDelivery<K, V> delivery = new SynchronousDelivery<>(this::tellSynchronous);

    /** What was told unasked of the keys that are being changed just now. */
    private final ConcurrentHashMap<K, List<News<K, V>>> unasked = new ConcurrentHashMap<>();

    /** An asynchronous listener and the way news take to it. */
    private record AsynchronousListener<K, V>(Registration<K, V> registration, AsynchronousDelivery<K, V> delivery) {}

    /** News that are published and not yet delivered. */
    @FunctionalInterface
    public interface Delivery {

        /**
         * Returns when the synchronous listeners have heard the news.
         *
         * @throws javax.cache.event.CacheEntryListenerException if one of them failed
         */
        void deliver();
    }

    /**
     * Creates a dispatcher without listeners.
     *
     * @param source the cache that events come from
     * @param executor brings synchronous listeners what nobody waits for
     * @param listenerThreads makes the threads of an asynchronous listener, its own so that one that hangs silences no other
     * @param copyKey makes a key the listener's own
     * @param copyOut makes a value the listener's own
     */
    public EventDispatcher(
            Cache<K, V> source,
            Executor executor,
            Supplier<ExecutorService> listenerThreads,
            UnaryOperator<K> copyKey,
            UnaryOperator<V> copyOut) {
        this.source = source;
        this.executor = executor;
        this.listenerThreads = listenerThreads;
        this.copyKey = copyKey;
        this.copyOut = copyOut;
    }

    /** Whether anybody listens. */
    public boolean hasListeners() {
        return !synchronous.isEmpty() || !asynchronous.isEmpty();
    }

    /**
     * Adds a listener.
     *
     * @throws IllegalArgumentException if the configuration is registered already
     */
    public synchronized void register(CacheEntryListenerConfiguration<K, V> configuration) {
        if (find(configuration) != null) {
            throw new IllegalArgumentException("cache \"" + source.getName()
                    + "\": this listener configuration is registered already; deregister it first");
        }
        Registration<K, V> registration = new Registration<>(configuration);
        if (registration.isSynchronous()) {
            synchronous.add(registration);
        } else {
            String description = "cache \"" + source.getName() + "\": listener " + registration.listenerName();
            asynchronous.add(new AsynchronousListener<>(
                    registration,
                    new AsynchronousDelivery<>(
                            listenerThreads.get(),
                            description,
                            news -> registration.tell(source, news, copyKey, copyOut))));
        }
    }

    /**
     * Takes the listener of a configuration away.
     *
     * @return the user's objects that it consisted of, nothing if it was not registered
     */
    public synchronized List<Object> deregister(CacheEntryListenerConfiguration<K, V> configuration) {
        Registration<K, V> registration = find(configuration);
        if (registration == null) {
            return List.of();
        }
        synchronous.remove(registration);
        asynchronous.removeIf(each -> each.registration() == registration && close(each));
        return registration.customisations();
    }

    private static boolean close(AsynchronousListener<?, ?> listener) {
        listener.delivery().close();
        return true;
    }

    private @Nullable Registration<K, V> find(CacheEntryListenerConfiguration<K, V> configuration) {
        for (Registration<K, V> each : registrations()) {
            if (each.configuration().equals(configuration)) {
                return each;
            }
        }
        return null;
    }

    private List<Registration<K, V>> registrations() {
        List<Registration<K, V>> all = new ArrayList<>(synchronous);
        asynchronous.forEach(each -> all.add(each.registration()));
        return all;
    }

    /** Takes all listeners away, and returns the user's objects that they consisted of. */
    public synchronized List<Object> close() {
        List<Object> customisations = new ArrayList<>();
        registrations().forEach(each -> customisations.addAll(each.customisations()));
        asynchronous.forEach(EventDispatcher::close);
        asynchronous.clear();
        synchronous.clear();
        return customisations;
    }

    /**
     * Prepares for a change of a key; called under the lock of the key, before the store changes.
     *
     * <p>A store tells of expired entries within the step that drops them, and does not know of our lock. Such news that
     * come from now until {@link #publish} wait for it, because only the change knows whether they come before or after it.
     */
    public void prepare(K key) {
        unasked.put(key, new ArrayList<>(1));
    }

    /**
     * Takes the news of a prepared change, in their order; called under the lock of the key.
     *
     * @param isAfter tells of news that came unasked since {@link #prepare} whether they are about what the change stored
     * @return what to deliver when the lock is free, or null if nobody is to be waited for
     */
    public @Nullable Delivery publish(K key, List<News<K, V>> news, Predicate<News<K, V>> isAfter) {
        Taken<Delivery> delivery = new Taken<>();
        unasked.compute(key, (k, waiting) -> {
            delivery.value = enqueue(key, merge(news, waiting == null ? List.of() : waiting, isAfter));
            return null;
        });
        return delivery.value;
    }

    /** Takes news that no caller waits for, and has them delivered soon by the executor. */
    public void publishUnasked(K key, News<K, V> news) {
        Taken<Delivery> delivery = new Taken<>();
        unasked.compute(key, (k, waiting) -> {
            if (waiting == null) {
                delivery.value = enqueue(key, List.of(news));
            } else {
                waiting.add(news);
            }
            return waiting;
        });
        if (delivery.value != null) {
            deliverLater(delivery.value);
        }
    }

    private List<News<K, V>> merge(List<News<K, V>> news, List<News<K, V>> waiting, Predicate<News<K, V>> isAfter) {
        if (waiting.isEmpty()) {
            return news;
        }
        List<News<K, V>> merged = new ArrayList<>(news);
        int before = 0;
        for (News<K, V> each : waiting) {
            if (isAfter.test(each)) {
                merged.add(each);
            } else {
                merged.add(before++, each);
            }
        }
        return merged;
    }

    private @Nullable Delivery enqueue(K key, List<News<K, V>> news) {
        if (news.isEmpty()) {
            return null;
        }
        for (AsynchronousListener<K, V> each : asynchronous) {
            news.forEach(each.delivery()::enqueue);
        }
        if (synchronous.isEmpty()) {
            return null;
        }
        Bulletin<K, V> bulletin = new Bulletin<>(key, news);
        delivery.enqueue(bulletin);
        return () -> delivery.deliver(bulletin);
    }

    private void deliverLater(Delivery unaskedFor) {
        try {
            executor.execute(() -> deliverQuietly(unaskedFor));
        } catch (RejectedExecutionException e) {
            logger().log(Level.DEBUG, "an event came while the manager was being closed", e);
        }
    }

    private void deliverQuietly(Delivery unaskedFor) {
        try {
            unaskedFor.deliver();
        } catch (CacheEntryListenerException e) {
            logger().log(Level.WARNING, "cache \"" + source.getName() + "\": a listener failed on an expired entry", e);
        } catch (CacheException e) {
            logger().log(
                            Level.DEBUG,
                            "the manager was being closed; whoever delivers already goes on to this event",
                            e);
        }
    }

    /** Asked for when there is something to say, which is rare: it takes long until the first logger is there. */
    private static System.Logger logger() {
        return System.getLogger(EventDispatcher.class.getName());
    }

    private void tellSynchronous(News<K, V> news) {
        CacheEntryListenerException failure = null;
        for (Registration<K, V> each : synchronous) {
            try {
                each.tell(source, news, copyKey, copyOut);
            } catch (CacheEntryListenerException e) {
                // the others shall hear all the same
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
