package dev.larder.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisClusterStoreContractTest extends RedisStoreContract {

    private static RedisStores stores;

    RedisClusterStoreContractTest() {
        super(stores, 50);
    }

    @BeforeAll
    static void connect() {
        stores = RedisStores.connect(TlsCluster.settings());
    }

    @AfterAll
    static void disconnect() {
        stores.close();
    }
}
