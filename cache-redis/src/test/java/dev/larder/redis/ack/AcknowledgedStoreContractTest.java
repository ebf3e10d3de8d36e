package dev.larder.redis.ack;

import dev.larder.redis.RedisStores;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.StoreContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every rule of stores holds also when a replica has to have each write. It takes long, and so is for {@code -Pstress}. */
@EnabledIfSystemProperty(named = "larder.stress", matches = "true")
class AcknowledgedStoreContractTest extends StoreContract {

    private static PrimaryAndReplica servers;
    private static RedisStores stores;

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
        return Math.max(1, super.rounds(usual) / 50);
    }
}
