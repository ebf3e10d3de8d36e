package dev.larder.redis;

import dev.larder.redis.config.AuthSettings;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.SecuredCluster;
import dev.larder.testkit.server.SecuredServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a server, as a user who can do no more than the documentation says. */
class RedisStoreContractTest extends RedisStoreContract {

    private static RedisServer server;
    private static RedisStores stores;

    RedisStoreContractTest() {
        super(stores, 20);
    }

    @BeforeAll
    static void connect() {
        server = SecuredServer.builder().start();
        stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri()))
                .withAuth(new AuthSettings(SecuredCluster.USER, SecuredCluster.PASSWORD, null, null)));
    }

    @AfterAll
    static void disconnect() {
        stores.close();
        server.close();
    }
}
