package dev.larder.jcache.internal.event;

import dev.larder.jcache.internal.concurrent.Receiver;
import dev.larder.jcache.internal.event.Listeners.AsynchronousListener;
import dev.larder.store.News;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what happened.
 *
 * <p>In two steps: {@link #accept} takes an event under the lock of its key, so that events have the order of the
 * changes; {@link #deliver} brings it to synchronous listeners after the lock is free, so that a listener may be slow or
 * call the cache. Asynchronous listeners get theirs from an executor, and hear of what happens {@linkplain #acceptFromElsewhere elsewhere}, too:
 * nobody there waits for them.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class EventDispatcher<K, V> implements Receiver<LarderEvent<K, V>> {

    private final Cache<K, V> source;
    private final Executor executor;
    private final Supplier<ExecutorService> listenerThreads;
    private final UnaryOperator<K> copyKey;
    private final UnaryOperator<V> copyOut;
    private volatile Listeners<K, V> listeners = Listeners.none();

    /** Asks for news from elsewhere, and what it was told last; guarded by this. */
    private Consumer<News.Wish> wishes = wish -> {};

    private News.Wish wish = News.Wish.NONE;

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

    /** Names what asks for news from elsewhere as listeners come and go; called while the cache is being made. */
    public synchronized void wishBy(Consumer<News.Wish> newWishes) {
        wishes = newWishes;
    }

    private void wish(News.Wish wanted) {
        if (wanted != wish) {
            wish = wanted;
            wishes.accept(wanted);
        }
    }

    /** Whether anybody listens. */
    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /**
     * Whether any listener wants to know the old value. One that comes later and does so is not told of a change whose old
     * value was not asked for.
     */
    public boolean wantsOldValues() {
        return listeners.wantOld();
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
        listeners = registration.isSynchronous()
                ? listeners.and(registration)
                : listeners.and(new AsynchronousListener<>(registration, newDelivery(registration)));
        wish(listeners.wish());
    }

    private AsynchronousDelivery<K, V> newDelivery(Registration<K, V> registration) {
        return new AsynchronousDelivery<>(
                listenerThreads.get(),
                "cache \"" + source.getName() + "\": listener " + registration.listenerName(),
                event -> registration.tell(source, event, copyKey, copyOut));
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
        Listeners<K, V> before = listeners;
        listeners = before.without(registration);
        wish(listeners.wish());
        before.asynchronous().stream()
                .filter(each -> each.registration() == registration)
                .forEach(each -> each.delivery().close());
        return registration.customisations();
    }

    private @Nullable Registration<K, V> find(CacheEntryListenerConfiguration<K, V> configuration) {
        return listeners.registrations().stream()
                .filter(each -> each.configuration().equals(configuration))
                .findFirst()
                .orElse(null);
    }

    /** Lets nothing come from elsewhere any more. */
    public synchronized void ignoreElsewhere() {
        wish(News.Wish.NONE);
    }

    /** Takes all listeners away, and returns the user's objects that they consisted of. */
    public synchronized List<Object> close() {
        Listeners<K, V> before = listeners;
        listeners = Listeners.none();
        before.asynchronous().forEach(each -> each.delivery().close());
        return before.registrations().stream()
                .flatMap(each -> each.customisations().stream())
                .toList();
    }

    /** Returns the event of a new entry. */
    public LarderEvent<K, V> created(K key, V value) {
        return new LarderEvent<>(source, EventType.CREATED, key, value, null);
    }

    /** Returns the event of an entry that got another value. */
    public LarderEvent<K, V> updated(K key, V value, @Nullable V old) {
        return new LarderEvent<>(source, EventType.UPDATED, key, value, old);
    }

    /** Returns the event of an entry that somebody took away. */
    public LarderEvent<K, V> removed(K key, @Nullable V old) {
        return new LarderEvent<>(source, EventType.REMOVED, key, old, old);
    }

    /** Returns the event of an entry that reached its deadline. */
    public LarderEvent<K, V> expired(K key, @Nullable V old) {
        return new LarderEvent<>(source, EventType.EXPIRED, key, old, old);
    }

    @Override
    public boolean accept(LarderEvent<K, V> event) {
        Listeners<K, V> now = listeners;
        for (AsynchronousListener<K, V> each : now.asynchronous()) {
            each.delivery().enqueue(event);
        }
        return !now.synchronous().isEmpty();
    }

    /** Takes an event that happened elsewhere, for asynchronous listeners; called in the order of a key's changes there. */
    public void acceptFromElsewhere(LarderEvent<K, V> event) {
        for (AsynchronousListener<K, V> each : listeners.asynchronous()) {
            each.delivery().enqueue(event);
        }
    }

    /**
     * Brings an event to the synchronous listeners.
     *
     * @throws CacheEntryListenerException if one of them failed
     */
    @Override
    public void deliver(LarderEvent<K, V> event) {
        CacheEntryListenerException failure = null;
        for (Registration<K, V> each : listeners.synchronous()) {
            try {
                each.tell(source, event, copyKey, copyOut);
            } catch (CacheEntryListenerException e) {
                // the others shall hear all the same
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Delivers what no caller waits for, soon and by the executor. */
    public void deliverLater(Runnable delivery) {
        try {
            executor.execute(() -> deliverQuietly(delivery));
        } catch (RejectedExecutionException e) {
            logger().log(Level.DEBUG, "an event came while the manager was being closed", e);
        }
    }

    private void deliverQuietly(Runnable delivery) {
        try {
            delivery.run();
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
}
