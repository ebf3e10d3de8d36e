package dev.larder.redis.internal.store;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.redis.internal.state.StateKeys;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import java.io.Serial;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What the stores of one server or cluster share: connections, and what is known of each cache. */
public final class RedisSource implements AutoCloseable {

    private static final Map<UUID, RedisSource> OPEN = new ConcurrentHashMap<>();

    private final UUID id = UUID.randomUUID();
    private final Link link;
    private final String prefix;
    private final Map<KeySpace, CacheState> states = new ConcurrentHashMap<>();

    private RedisSource(Link link, String prefix) {
        this.link = link;
        this.prefix = prefix;
        OPEN.put(id, this);
    }

    /** Keeps entries behind a link, which is closed with this. */
    public static RedisSource of(Link link, String prefix) {
        return new RedisSource(link, prefix);
    }

    /** Returns what opens the store of a cache. */
    public StoreFactory stores() {
        return new Factory(id);
    }

    private <K, V> Store<K, V> open(StoreContext<K, V> context) {
        KeySpace space = context.codecs().open(context.name(), 0).space();
        CacheState state =
                states.computeIfAbsent(space, unused -> new CacheState(StateKeys.of(prefix, space), new Scripts(link)));
        state.refresh(new Calls(link.name(), Options.CONNECT_TIMEOUT));
        return new RedisStore<>(context, link, state, prefix);
    }

    @Override
    public void close() {
        OPEN.remove(id);
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
