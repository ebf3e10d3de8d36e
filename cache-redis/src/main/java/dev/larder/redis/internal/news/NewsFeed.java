package dev.larder.redis.internal.news;

import dev.larder.redis.internal.link.Subscriber;
import dev.larder.redis.internal.link.Subscription;
import dev.larder.redis.internal.link.Subscriptions;
import dev.larder.store.StoreException;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Brings the caches of a store what is published of them, over a connection that is there as long as one of them wants to hear.
 *
 * <p>A thread of its own looks once a second whether what is heard is what is wanted: it connects, and connects again if that failed, and
 * follows the channels, which in a cluster change as slots move. Safe for use by many threads; nobody waits for a server.
 */
public final class NewsFeed implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(NewsFeed.class.getName());
    private static final long BEAT_MILLIS = 1_000;

    /** One line for all channels of a connection. */
    private static final long SILENCE_NANOS = 5_000_000_000L;

    private final String server;
    private final Subscriptions subscriptions;
    private final Timer timer;
    private final ThreadPoolExecutor worker = Workers.one("larder-redis-news");
    private final List<Hearing<?, ?>> hearings = new CopyOnWriteArrayList<>();
    private volatile Map<ByteBuffer, List<Hearing<?, ?>>> routes = Map.of();

    /** Of the worker alone. */
    private @Nullable Subscription subscription;

    private boolean beats;

    /** The channels that were heard of before, and when it was said last that something was missed; guarded by the former. */
    private final Set<ByteBuffer> known = new HashSet<>();

    private long saidNanos = Clock.system().nanos() - SILENCE_NANOS;

    /** Creates a feed that does nothing yet. */
    public NewsFeed(String server, Subscriptions subscriptions, Timer timer) {
        this.server = server;
        this.subscriptions = subscriptions;
        this.timer = timer;
    }

    /** Brings a cache what is published of it, from soon on. */
    public void add(Hearing<?, ?> hearing) {
        if (!hearings.contains(hearing)) {
            hearings.add(hearing);
        }
        work(this::tend);
    }

    /** Ends that, soon. */
    public void remove(Hearing<?, ?> hearing) {
        if (hearings.remove(hearing)) {
            work(this::tend);
        }
    }

    private void work(Runnable work) {
        try {
            worker.execute(work);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "closed meanwhile", e);
        }
    }

    /** Sees to it that what is wanted is heard. */
    private void tend() {
        if (hearings.isEmpty()) {
            routes = Map.of();
            end();
            return;
        }
        beatLater();
        Map<ByteBuffer, List<Hearing<?, ?>>> wanted = wantedRoutes();
        Set<ByteBuffer> before = routes.keySet();
        routes = wanted;
        try {
            hear(before, wanted.keySet());
        } catch (StoreException e) {
            LOGGER.log(Level.DEBUG, "news of other JVMs are asked for again in a second", e);
        }
    }

    private Map<ByteBuffer, List<Hearing<?, ?>>> wantedRoutes() {
        Map<ByteBuffer, List<Hearing<?, ?>>> wanted = new HashMap<>();
        for (Hearing<?, ?> hearing : hearings) {
            for (ByteBuffer channel : hearing.channels()) {
                wanted.computeIfAbsent(channel, unused -> new ArrayList<>()).add(hearing);
            }
        }
        return wanted;
    }

    private void hear(Set<ByteBuffer> before, Set<ByteBuffer> wanted) {
        Subscription open = subscription;
        boolean isNew = open == null;
        if (open == null) {
            open = subscriptions.open(new Ear());
            subscription = open;
        }
        for (ByteBuffer channel : wanted) {
            if (isNew || !before.contains(channel)) {
                open.subscribe(bytes(channel));
            }
        }
        for (ByteBuffer channel : before) {
            if (!wanted.contains(channel)) {
                open.unsubscribe(bytes(channel));
                forget(channel);
            }
        }
    }

    private static byte[] bytes(ByteBuffer channel) {
        byte[] bytes = new byte[channel.remaining()];
        channel.duplicate().get(bytes);
        return bytes;
    }

    private void end() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
        synchronized (known) {
            known.clear();
        }
    }

    private void forget(ByteBuffer channel) {
        synchronized (known) {
            known.remove(channel);
        }
    }

    /** Holds the feed weakly between two beats, so that one that nobody closed can be collected. */
    private void beatLater() {
        if (beats) {
            return;
        }
        beats = true;
        WeakReference<NewsFeed> self = new WeakReference<>(this);
        timer.runAfter(
                BEAT_MILLIS,
                () -> {
                    NewsFeed feed = self.get();
                    if (feed != null) {
                        feed.work(feed::beat);
                    }
                },
                Runnable::run);
    }

    private void beat() {
        beats = false;
        tend();
    }

    @Override
    public void close() {
        hearings.clear();
        routes = Map.of();
        work(this::end);
        worker.shutdown();
    }

    /** Called by connections. */
    private final class Ear implements Subscriber {

        /** The first time is the beginning; any other comes after something was lost. */
        @Override
        public void subscribed(byte[] channel) {
            synchronized (known) {
                long now = Clock.system().nanos();
                if (known.add(ByteBuffer.wrap(channel)) || now - saidNanos < SILENCE_NANOS) {
                    return;
                }
                saidNanos = now;
            }
            LOGGER.log(
                    Level.WARNING,
                    server
                            + ": what other JVMs changed was not heard of for a while; listeners may have missed something");
        }

        @Override
        public void message(byte[] channel, byte[] message) {
            List<Hearing<?, ?>> hearers = routes.get(ByteBuffer.wrap(channel));
            if (hearers != null) {
                hearers.forEach(hearing -> hearing.hear(message));
            }
        }
    }
}
