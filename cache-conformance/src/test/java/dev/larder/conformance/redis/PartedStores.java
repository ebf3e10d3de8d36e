package dev.larder.conformance.redis;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.redis.internal.link.StandaloneTracking;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.redis.internal.state.Channel;
import dev.larder.redis.internal.state.StateKeys;
import dev.larder.redis.internal.store.RedisStore;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ForkJoinPool;

/** The parts of a Redis store, put together by hand: with a way of its own for the channel of invalidations, or without a channel. */
final class PartedStores implements AutoCloseable {

    private static final String PREFIX = "larder:";

    private final RedisClient client = RedisClient.create();
    private final Link link;

    PartedStores(String host, int port) {
        client.setOptions(Options.ofClient());
        link = link(host, port);
    }

    private StandaloneLink link(String host, int port) {
        return new StandaloneLink(client, RedisURI.create(host, port));
    }

    /** Opens a store that hears of changes by way of that address. */
    <K, V> Store<K, V> openWithChannel(StoreContext<K, V> context, String host, int port) {
        String states = new String(StateKeys.prefix(PREFIX), StandardCharsets.UTF_8);
        StandaloneTracking tracking = new StandaloneTracking(link(host, port), states);
        Channel channel = new Channel(tracking, PREFIX, Timer.system(), ForkJoinPool.commonPool());
        CacheState state = state(context, new Scripts(tracking.link()), Clock.system());
        channel.add(state);
        return open(context, state, channel::close);
    }

    /** Opens a broken store: nobody tells it of changes, and by its clock it never has to ask. */
    <K, V> Store<K, V> openDeaf(StoreContext<K, V> context) {
        return open(context, state(context, new Scripts(link), () -> 0), () -> {});
    }

    private CacheState state(StoreContext<?, ?> context, Scripts questions, Clock clock) {
        return new CacheState(
                PREFIX, context.codecs().open(context.name(), 0).space(), questions, new Scripts(link), clock);
    }

    private <K, V> Store<K, V> open(StoreContext<K, V> context, CacheState state, Runnable onClose) {
        state.refresh(new Calls(link, Options.CONNECT_TIMEOUT));
        return new RedisStore<>(context, link, state, PREFIX, onClose);
    }

    @Override
    public void close() {
        link.close();
        client.shutdown();
    }
}
