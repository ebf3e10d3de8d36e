package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.RewiredStores;
import dev.larder.redis.internal.link.CrippledClient;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreFactory;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A node joins the cluster and gets slots, of which the client has not heard: who is sent there finds the way while the call waits. */
class UnknownNodeTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * No key is moved: a node may have slots of which it has no keys, and what was there is deleted. The tooth: a client that takes being sent
     * elsewhere for a failure.
     */
    @Test
    void keysOfItsSlotsAreServedAtOnce() {
        try (RedisCluster cluster = RedisCluster.start(RedisServer.builder().config("cluster-node-timeout 15000"));
                RedisServer added = RedisServer.builder().cluster().start();
                RedisStores stores = RedisStores.connect(settings(cluster));
                RewiredStores rigid = RewiredStores.ofCluster(settings(cluster), CrippledClient::withoutRedirects);
                Store<Integer, String> store = open(stores.stores());
                Store<Integer, String> lame = open(rigid.stores())) {
            RedisServer source = withoutStates(cluster);
            int key = keyAt(source, store);
            int slot = slotOfTheOnlyKey(source);
            join(cluster, added);

            source.call("FLUSHALL");
            RedisCluster.giveSlot(slot, source, added);
            assertThatThrownBy(() -> lame.write(key, Change.put("there", Ttl.ETERNAL)))
                    .hasMessageContaining("MOVED");
            assertThat(store.write(key, Change.put("there", Ttl.ETERNAL)).isApplied())
                    .isTrue();
            assertThat(store.read(key)).isNotNull();
            assertThat("" + added.call("DBSIZE")).isEqualTo("1");
        }
    }

    private static RedisSettings settings(RedisCluster cluster) {
        return RedisSettings.ofCluster(
                cluster.seedUris().stream().map(URI::create).toList());
    }

    private static Store<Integer, String> open(StoreFactory stores) {
        return stores.open(PatientContext.of("added", Integer.class, String.class));
    }

    private static RedisServer withoutStates(RedisCluster cluster) {
        return cluster.primaries().stream()
                .filter(primary -> ("" + primary.call("DBSIZE")).equals("0"))
                .findFirst()
                .orElseThrow();
    }

    private static int keyAt(RedisServer server, Store<Integer, String> store) {
        for (int key = 0; ; key++) {
            store.write(key, Change.put("before", Ttl.ETERNAL));
            if (!("" + server.call("DBSIZE")).equals("0")) {
                return key;
            }
        }
    }

    /** Keys are binary, and so their slots cannot be asked for by name here. */
    private static int slotOfTheOnlyKey(RedisServer server) {
        try (Resp connection = server.connect()) {
            for (int slot = 0; slot < 16_384; slot++) {
                if (("" + connection.call("CLUSTER", "COUNTKEYSINSLOT", "" + slot)).equals("1")) {
                    return slot;
                }
            }
        }
        throw new AssertionError("no key");
    }

    private static void join(RedisCluster cluster, RedisServer added) {
        added.call(
                "CLUSTER",
                "MEET",
                cluster.primaries().get(0).host(),
                "" + cluster.primaries().get(0).port());
        await().atMost(LIMIT)
                .until(() -> Stream.concat(cluster.nodes().stream(), Stream.of(added))
                        .allMatch(UnknownNodeTest::knowsSeven));
    }

    private static boolean knowsSeven(RedisServer node) {
        String info = "" + node.call("CLUSTER", "INFO");
        return info.contains("cluster_known_nodes:7") && info.contains("cluster_state:ok");
    }
}
