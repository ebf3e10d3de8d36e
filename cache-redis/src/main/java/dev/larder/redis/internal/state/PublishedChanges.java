package dev.larder.redis.internal.state;

import dev.larder.redis.internal.link.Subscriber;
import dev.larder.redis.internal.link.Subscription;
import dev.larder.redis.internal.link.Subscriptions;
import dev.larder.store.StoreException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hears of changes of states by what the scripts that make them publish, on a channel that is named as the state's key: for servers that do not track.
 * Nobody is subscribed as long as they do.
 */
final class PublishedChanges implements Subscriber, AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(PublishedChanges.class.getName());

    private final Subscriptions subscriptions;
    private final Map<ByteBuffer, CacheState> states;
    private final Executor executor;
    private @Nullable Subscription subscription;
    private boolean wanted;
    private boolean changing;
    private boolean told;
    private String reason = "";

    PublishedChanges(Subscriptions subscriptions, Map<ByteBuffer, CacheState> states, Executor executor) {
        this.subscriptions = subscriptions;
        this.states = states;
        this.executor = executor;
    }

    /**
     * Begins to hear, elsewhere, as a connection is opened. To be called again and again, since that may fail.
     *
     * @param refusal why changes are not heard of otherwise, for the log
     */
    synchronized void want(String refusal) {
        reason = refusal;
        want(true);
    }

    /** Ends it, elsewhere. */
    synchronized void leave() {
        want(false);
    }

    private synchronized void want(boolean now) {
        wanted = now;
        if (!changing && now != (subscription != null)) {
            changing = true;
            executor.execute(this::change);
        }
    }

    private void change() {
        try {
            if (isWanted()) {
                open();
            } else {
                end();
            }
        } catch (StoreException e) {
            LOGGER.log(Level.DEBUG, "tried again in a second", e);
        } finally {
            changed();
        }
    }

    private synchronized boolean isWanted() {
        return wanted;
    }

    private synchronized void changed() {
        changing = false;
        if (!wanted && subscription != null) {
            want(false); // it was meanwhile
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            wanted = false;
        }
        end();
    }

    private void open() {
        Subscription opened = subscriptions.open(this);
        synchronized (this) {
            subscription = opened;
            if (!told) {
                told = true;
                LOGGER.log(
                        Level.INFO,
                        reason
                                + "; clears and invalidations of tags are heard of by pub/sub instead, which promises the same; if its ACL is the reason, "
                                + "docs/redis.md has the line that is needed");
            }
        }
        states.values().forEach(state -> opened.subscribe(state.key()));
    }

    private void end() {
        Subscription ended;
        synchronized (this) {
            ended = subscription;
            subscription = null;
        }
        if (ended != null) {
            ended.close();
        }
    }

    /** Hears of one more state, if of any. */
    synchronized void add(CacheState state) {
        if (subscription != null) {
            subscription.subscribe(state.key());
        }
    }

    synchronized void remove(CacheState state) {
        if (subscription != null) {
            subscription.unsubscribe(state.key());
        }
    }

    /** Messages may have been lost until now. */
    @Override
    public void subscribed(byte[] channel) {
        CacheState state = states.get(ByteBuffer.wrap(channel));
        if (state != null) {
            var unused = state.refreshed();
        }
    }

    @Override
    public void message(byte[] channel, byte[] message) {
        CacheState state = states.get(ByteBuffer.wrap(channel));
        if (state != null) {
            state.told(message);
        }
    }
}
