package dev.larder.redis.ack;

import dev.larder.redis.RedisStoreContract;
import dev.larder.redis.RedisStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every rule of stores holds also when a replica has to have each write. It takes long, and so is for {@code -Pstress}. */
@EnabledIfSystemProperty(named = "larder.stress", matches = "true")
class AcknowledgedStoreContractTest extends RedisStoreContract {

    private static PrimaryAndReplica servers;
    private static RedisStores stores;

    AcknowledgedStoreContractTest() {
        super(stores, 50);
    }

    @BeforeAll
    static void connect() {
        servers = PrimaryAndReplica.start();
        stores = RedisStores.connect(servers.settings());
    }

    @AfterAll
    static void disconnect() {
        stores.close();
        servers.close();
    }
}
