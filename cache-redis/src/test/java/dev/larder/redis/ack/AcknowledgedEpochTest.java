package dev.larder.redis.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.RedisStores;
import dev.larder.redis.TlsCluster;
import dev.larder.redis.config.Ack;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a cluster the epoch of a cache is on one server, and most entries are on others: these survive nothing that the epoch does not. */
class AcknowledgedEpochTest {

    private final String name = "epoch" + UUID.randomUUID();

    private static final Duration LONG = Duration.ofSeconds(60);
    private final RedisCluster cluster = TlsCluster.cluster();
    private RedisStores stores;
    private Store<String, String> store;
    private RedisServer replicaOfEpoch;

    @BeforeEach
    void open() {
        stores = RedisStores.connect(TlsCluster.settings().withAck(Ack.replicas(1)));
        store = stores.stores()
                .open(StoreContext.of(name, String.class, String.class)
                        .withLeases(false)
                        .withStoreDeadline(Duration.ofMillis(1_500)));
        RedisServer primaryOfEpoch = cluster.primaries().stream()
                .filter(server -> !keys(server, "larder:S*" + name).isEmpty())
                .findFirst()
                .orElseThrow();
        replicaOfEpoch = cluster.replicaOf(primaryOfEpoch);
    }

    @AfterEach
    void close() {
        replicaOfEpoch.resume();
        cluster.awaitWhole();
        await().atMost(LONG).ignoreExceptions().until(() -> {
            store.destroy();
            return true;
        });
        stores.close();
    }

    private static List<?> keys(RedisServer server, String pattern) {
        return (List<?>) server.call("KEYS", pattern);
    }

    @Test
    void nothingIsWrittenInAnEpochThatNoReplicaHas() {
        replicaOfEpoch.pause();

        // a machine that is busy for that long makes another failure of it
        await().atMost(LONG).untilAsserted(() -> {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> put("key"));
            assertThat(failure.applied()).isEqualTo(Applied.NO);
            assertThat(failure)
                    .hasMessageContaining("\"replicas(1)\"")
                    .hasMessageEndingWith("before anything was written");
        });
        assertThat(cluster.primaries())
                .allSatisfy(server ->
                        assertThat(keys(server, "larder:K*" + name + "*")).isEmpty());
    }

    @Test
    void replicasAreAskedOnceForAnEpoch() {
        await().atMost(LONG).ignoreExceptions().until(() -> {
            put("key");
            return true;
        });
        replicaOfEpoch.pause();

        // where a key is depends on the epoch; some are where the replica that hangs is not concerned
        assertThat(IntStream.range(0, 30).mapToObj(number -> "key " + number)).anyMatch(this::isPut);
    }

    private boolean isPut(String key) {
        try {
            put(key);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private void put(String key) {
        store.write(key, Change.put("value", Ttl.ETERNAL));
    }
}
