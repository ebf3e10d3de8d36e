package dev.larder.redis;

import dev.larder.store.StoreFactory;
import dev.larder.testkit.StoreContract;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisStoreContractTest extends StoreContract {

    private static RedisServer server;
    private static RedisStores stores;

    @BeforeAll
    static void connect() {
        server = RedisServer.start();
        stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
    }

    @AfterAll
    static void disconnect() {
        stores.close();
        server.close();
    }

    @Override
    protected StoreFactory factory() {
        return stores.stores();
    }

    @Override
    protected Duration ttl() {
        return Duration.ofMillis(240);
    }

    @Override
    protected Duration tolerance() {
        return Duration.ofMillis(50);
    }

    @Override
    protected int rounds(int usual) {
        return Math.max(1, super.rounds(usual) / 20);
    }
}
