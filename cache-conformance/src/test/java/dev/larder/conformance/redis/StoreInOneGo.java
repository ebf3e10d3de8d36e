package dev.larder.conformance.redis;

import dev.larder.store.Store;
import dev.larder.testkit.ForwardingStore;
import dev.larder.testkit.server.RedisServer;

/** A broken store: its clear removes all there is by one command, which stops the server and its caller for as long as there are entries. */
final class StoreInOneGo extends ForwardingStore<String, String> {

    private static final String ALL = "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('UNLINK', key) end";

    private final RedisServer server;

    StoreInOneGo(Store<String, String> store, RedisServer server) {
        super(store);
        this.server = server;
    }

    @Override
    public void clear() {
        server.call("EVAL", ALL, "0");
    }
}
