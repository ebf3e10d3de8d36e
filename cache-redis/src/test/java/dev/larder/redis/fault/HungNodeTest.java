package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A primary of a cluster hangs, and does not die: its replica takes over, and soon all keys are served again, though the old one is still there. */
class HungNodeTest {

    private static final int KEYS = 60;

    @Test
    void replicaThatTookOverFromANodeThatHangsIsFound() {
        try (RedisCluster cluster = RedisCluster.start();
                RedisStores stores = RedisStores.connect(RedisSettings.ofCluster(
                        cluster.seedUris().stream().map(URI::create).toList()))) {
            Store<Integer, String> store = stores.stores()
                    .open(StoreContext.of("hung", Integer.class, String.class).withStoreDeadline(Bounds.DEADLINE));
            assertThat(served(store)).isEqualTo(KEYS);
            RedisServer hung = cluster.primaryOf(0);
            hung.pause();
            try {
                cluster.awaitNewPrimary(0, hung);
                long promoted = Clock.system().millis();
                await().atMost(Duration.ofSeconds(40))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> served(store) == KEYS);
                long recovery = Clock.system().millis() - promoted;
                System.getLogger(HungNodeTest.class.getName())
                        .log(System.Logger.Level.INFO, "all keys are served {0} ms after the promotion", recovery);
                assertThat(recovery).isLessThanOrEqualTo(Bounds.recovery().toMillis());
            } finally {
                hung.resume();
            }
        }
    }

    /** Returns how many keys can be written, one after the other until one cannot. */
    private static int served(Store<Integer, String> store) {
        for (int key = 0; key < KEYS; key++) {
            try {
                store.write(key, Change.put("value", Ttl.ofMillis(60_000)));
            } catch (StoreException e) {
                return key;
            }
        }
        return KEYS;
    }
}
