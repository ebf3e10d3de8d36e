package dev.larder.redis.internal.state;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Subscriptions;
import dev.larder.redis.internal.link.Tracking;
import dev.larder.time.Timer;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the states of all caches of a store up to date: by what the servers say of changes, and by asking once a second, in case that
 * they did not. Nothing is missed for longer than a question takes to fail; see {@link CacheState} for what happens then.
 */
public final class Channel implements AutoCloseable {

    private static final long BEAT_MILLIS = 1_000;

    private final Map<ByteBuffer, CacheState> states = new ConcurrentHashMap<>();
    private final Tracking tracking;
    private final Sweeper sweeper;
    private final @Nullable PublishedChanges published;
    private volatile boolean closed;

    /**
     * Opens a channel by what tells of changes of keys of states.
     *
     * @param subscriptions by which changes are heard of where that is refused; null if it is left at asking
     */
    public Channel(
            Tracking tracking, @Nullable Subscriptions subscriptions, String prefix, Timer timer, Executor executor) {
        this.tracking = tracking;
        this.sweeper = new Sweeper(tracking.link(), new Calls(tracking.link(), Options.CONNECT_TIMEOUT), prefix);
        this.published = subscriptions == null ? null : new PublishedChanges(subscriptions, states, executor);
        tracking.listen(this::changed);
        var unused = tracking.arm();
        beatLater(timer, executor, new WeakReference<>(this));
    }

    /** Keeps a state up to date from now on. */
    public void add(CacheState state) {
        states.put(ByteBuffer.wrap(state.key()), state);
        if (published != null) {
            published.add(state);
        }
    }

    /** Ends that. */
    public void remove(CacheState state) {
        states.remove(ByteBuffer.wrap(state.key()));
        if (published != null) {
            published.remove(state);
        }
    }

    /** Called by a thread of the connection, without a key if everything may have changed. */
    private void changed(@Nullable ByteBuffer key) {
        if (key == null) {
            hear(tracking.refusal());
            askAll();
            return;
        }
        CacheState state = states.get(key);
        if (state != null) {
            var unused = state.refreshed();
        }
    }

    /** What is published is heard where changes are not told otherwise. */
    private void hear(@Nullable String refusal) {
        if (published == null) {
            return;
        }
        if (refusal == null) {
            published.leave();
        } else if (!closed) {
            published.want(tracking.link().name() + " refuses CLIENT TRACKING (" + refusal + ")");
        }
    }

    private void askAll() {
        for (CacheState state : states.values()) {
            var unused = state.refreshed();
        }
    }

    private void beat() {
        var unused = tracking.arm();
        hear(tracking.refusal());
        askAll();
        states.values().forEach(state -> state.sweep(sweeper));
    }

    /** Holds the channel weakly between two beats, so that one that nobody closed can be collected. */
    private static void beatLater(Timer timer, Executor executor, WeakReference<Channel> channel) {
        timer.runAfter(
                BEAT_MILLIS,
                () -> {
                    Channel open = channel.get();
                    if (open != null && !open.closed) {
                        open.beat();
                        beatLater(timer, executor, channel);
                    }
                },
                executor);
    }

    @Override
    public void close() {
        closed = true;
        if (published != null) {
            published.close();
        }
        sweeper.close();
        tracking.close();
    }
}
