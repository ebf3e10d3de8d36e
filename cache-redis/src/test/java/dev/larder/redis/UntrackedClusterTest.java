package dev.larder.redis;

import static org.awaitility.Awaitility.await;

import dev.larder.redis.config.AuthSettings;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.SecuredCluster;
import dev.larder.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cluster that refuses {@code CLIENT TRACKING}: changes are published to the shard that has the state. */
class UntrackedClusterTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ROUNDS = 20;

    @Test
    void clearsAreHeardOfAtOnce() {
        try (RedisCluster cluster = RedisCluster.start(RedisServer.builder()
                        .users(
                                "admin",
                                "admin-5ecret",
                                "user default off",
                                "user admin on >admin-5ecret ~* &* +@all",
                                "user app on >app-5ecret " + SecuredCluster.ALLOWED + " -client|tracking"));
                RedisStores ours = RedisStores.connect(settings(cluster));
                RedisStores theirs = RedisStores.connect(settings(cluster))) {
            cluster.promoteAfter(Duration.ofSeconds(15));
            StoreContext<String, String> context = PatientContext.of("untracked", String.class, String.class);
            Store<String, String> here = ours.stores().open(context);
            Store<String, String> there = theirs.stores().open(context);
            await().atMost(SOON).until(() -> subscribers(cluster) == 2);

            long[] millis = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long start = Clock.system().millis();
                there.write("key", Change.put("value", Ttl.ETERNAL));
                here.clear();
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .atMost(SOON)
                        .until(() -> there.read("key") == null);
                millis[round] = Clock.system().millis() - start;
            }

            Propagation.assertFast(millis);
        }
    }

    private static RedisSettings settings(RedisCluster cluster) {
        return RedisSettings.ofCluster(
                        cluster.seedUris().stream().map(URI::create).toList())
                .withAuth(new AuthSettings("app", "app-5ecret", null, null));
    }

    private static long subscribers(RedisCluster cluster) {
        return cluster.primaries().stream()
                .flatMap(primary ->
                        List.of(("" + primary.call("CLIENT", "LIST", "TYPE", "pubsub")).split("\n")).stream())
                .filter(line -> line.contains(" ssub=1"))
                .count();
    }
}
