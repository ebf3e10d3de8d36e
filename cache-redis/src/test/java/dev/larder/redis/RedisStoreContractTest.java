package dev.larder.redis;

import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisStoreContractTest extends RedisStoreContract {

    private static RedisServer server;
    private static RedisStores stores;

    RedisStoreContractTest() {
        super(stores, 20);
    }

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
}
