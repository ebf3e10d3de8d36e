package dev.larder.redis.internal.store;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.Subscriptions;
import dev.larder.redis.internal.link.Tracking;
import dev.larder.redis.internal.news.NewsFeed;
import dev.larder.redis.internal.news.Workers;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.redis.internal.state.Channel;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;

/** What the stores of one server or cluster share: connections, and what is known of each cache. */
public final class RedisSource implements AutoCloseable {

    private static final Map<UUID, RedisSource> OPEN = new ConcurrentHashMap<>();

    private final UUID id = UUID.randomUUID();
    private final Link link;
    private final String prefix;
    private final Channel channel;
    private final Scripts questions;
    private final NewsFeed feed;
    private final ExecutorService background = Workers.one("larder-redis-background");

    /** How many open stores share each state; guarded by this. */
    private final Map<KeySpace, SharedState> states = new HashMap<>();

    private static final class SharedState {

        private final CacheState state;
        private int users;

        SharedState(CacheState state) {
            this.state = state;
        }
    }

    private RedisSource(Link link, Tracking tracking, Subscriptions subscriptions, String prefix) {
        this.link = link;
        this.prefix = prefix;
        this.channel = new Channel(tracking, subscriptions, prefix, Timer.system(), ForkJoinPool.commonPool());
        this.questions = new Scripts(tracking.link());
        this.feed = new NewsFeed(link.name(), subscriptions, Timer.system());
        OPEN.put(id, this);
    }

    /**
     * Keeps entries behind a link, and what all JVMs must know behind that of the tracking; both are closed with this.
     *
     * @param subscriptions by which caches hear of what others changed, and, where tracking is refused, of what all JVMs must know
     */
    public static RedisSource of(Link link, Tracking tracking, Subscriptions subscriptions, String prefix) {
        return new RedisSource(link, tracking, subscriptions, prefix);
    }

    /** Returns what opens the store of a cache. */
    public StoreFactory stores() {
        return new Factory(id);
    }

    private <K, V> Store<K, V> open(StoreContext<K, V> context) {
        KeySpace space = context.codecs().open(context.name(), 0).space();
        CacheState state = take(space);
        try {
            state.refresh(new Calls(link, Options.CONNECT_TIMEOUT));
            return new RedisStore<>(context, link, state, prefix, feed, background, () -> giveBack(space));
        } catch (RuntimeException e) {
            giveBack(space);
            throw e;
        }
    }

    private synchronized CacheState take(KeySpace space) {
        SharedState shared = states.computeIfAbsent(space, unused -> {
            CacheState state =
                    new CacheState(prefix, space, questions, new Scripts(link), link.publish(), Clock.system());
            channel.add(state);
            return new SharedState(state);
        });
        shared.users++;
        return shared.state;
    }

    private synchronized void giveBack(KeySpace space) {
        SharedState shared = states.get(space);
        if (shared != null && --shared.users == 0) {
            states.remove(space);
            channel.remove(shared.state);
        }
    }

    @Override
    public void close() {
        OPEN.remove(id);
        feed.close();
        background.shutdownNow();
        channel.close();
        link.close();
    }

    /** Finds its source again when it was serialised, as a part of a cache's configuration. */
    private record Factory(UUID source) implements StoreFactory {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            RedisSource open = OPEN.get(source);
            if (open == null) {
                throw new IllegalStateException("the connection to Redis that cache \"" + context.name()
                        + "\" was to use is closed, or is another JVM's");
            }
            return open.open(context);
        }
    }
}
