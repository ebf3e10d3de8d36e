package dev.larder.redis;

import dev.larder.store.StoreFactory;
import dev.larder.testkit.StoreContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisClusterStoreContractTest extends StoreContract {

    private static RedisStores stores;

    @BeforeAll
    static void connect() {
        stores = RedisStores.connect(TlsCluster.settings());
    }

    @AfterAll
    static void disconnect() {
        stores.close();
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
