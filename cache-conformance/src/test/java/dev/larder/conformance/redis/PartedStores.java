package dev.larder.conformance.redis;

import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.redis.internal.link.StandaloneTracking;
import dev.larder.redis.internal.link.Subscriber;
import dev.larder.redis.internal.link.Subscription;
import dev.larder.redis.internal.news.NewsFeed;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.redis.internal.state.StateKeys;
import dev.larder.redis.internal.store.RedisSource;
import dev.larder.redis.internal.store.RedisStore;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.net.URI;
import java.util.concurrent.ForkJoinPool;

/** Redis stores put together by hand: with a way of its own for the channel of invalidations, or without a channel. */
final class PartedStores {

    private static final String PREFIX = "larder:";

    private PartedStores() {}

    /** The threads of its client are daemons, and end with the JVM. */
    private static StandaloneLink link(String uri) {
        return StandaloneLink.toPrimary(Client.of(Access.ofStranger()), URI.create(uri));
    }

    /** Opens nothing: nobody here listens. */
    private static Subscription open(Subscriber subscriber) {
        throw new StoreException("nobody listens", Applied.NO, null);
    }

    /** Connects to a server, and hears of what changes for all by way of another address. */
    static RedisSource withChannelBy(String uri, String another) {
        return RedisSource.of(
                link(uri),
                new StandaloneTracking(link(another), StateKeys.prefixOf(PREFIX)),
                PartedStores::open,
                PREFIX);
    }

    /** Opens a store that nobody tells of changes: it has to ask, when its copy is too old by this clock. */
    static <K, V> Store<K, V> openDeaf(StoreContext<K, V> context, String uri, Clock clock) {
        StandaloneLink link = link(uri);
        Scripts scripts = new Scripts(link);
        CacheState state =
                new CacheState(PREFIX, context.codecs().open(context.name(), 0).space(), scripts, scripts, clock);
        state.refresh(new Calls(link, Options.CONNECT_TIMEOUT));
        NewsFeed feed = new NewsFeed(link.name(), PartedStores::open, Timer.system());
        return new RedisStore<>(context, link, state, PREFIX, feed, ForkJoinPool.commonPool(), link::close);
    }
}
