package dev.larder.redis.ack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.FailoverTimeout;
import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.TlsCluster;
import dev.larder.redis.config.Ack;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisSentinels;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.SecuredCluster;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The link to the replica is cut, writes go on, and the replica is promoted before the link heals: what was acknowledged is there. Without
 * waiting for the replica, some of it is not.
 */
@Tag("outage")
class LostWritesTest {

    private static final String CACHE = "acknowledged";
    private static final int ROUNDS = 20;
    private static final int ROUNDS_OF_EACH_BUILD = 3;
    private static final int ROUNDS_WITH_SENTINELS = 5;
    private static final int PAGE = 500;
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration A_WHILE = Duration.ofMillis(300);
    private static final String SECRET = "admin-5ecret";

    @RepeatedTest(ROUNDS_OF_EACH_BUILD)
    void nothingThatWasAcknowledgedIsLostInAFailover() throws InterruptedException {
        assertThat(lost(Ack.replicas(1))).as("lost writes").isEmpty();
    }

    @RepeatedTest(ROUNDS - ROUNDS_OF_EACH_BUILD)
    @EnabledIfSystemProperty(named = "larder.stress", matches = "true")
    void norInManyMore() throws InterruptedException {
        assertThat(lost(Ack.replicas(1))).as("lost writes").isEmpty();
    }

    /** The tooth. */
    @Test
    void withoutWaitingForTheReplicaSomeAreLost() throws InterruptedException {
        assertThat(lost(Ack.PRIMARY)).as("lost writes").isNotEmpty();
    }

    @Test
    void nothingIsLostInACluster() throws InterruptedException {
        assertThat(lostInACluster(Ack.replicas(1))).as("lost writes").isEmpty();
    }

    @RepeatedTest(ROUNDS - 1)
    @EnabledIfSystemProperty(named = "larder.stress", matches = "true")
    void norInManyMoreInACluster() throws InterruptedException {
        assertThat(lostInACluster(Ack.replicas(1))).as("lost writes").isEmpty();
    }

    @Test
    void withoutWaitingForTheReplicaSomeAreLostInACluster() throws InterruptedException {
        assertThat(lostInACluster(Ack.PRIMARY)).as("lost writes").isNotEmpty();
    }

    /** Sentinels promote the replica that has most, and so one that has all that was acknowledged. */
    @Test
    void nothingIsLostWhenSentinelsReplaceAPrimaryThatDied() throws InterruptedException {
        assertThat(lostWithSentinels(Ack.replicas(1))).as("lost writes").isEmpty();
    }

    @RepeatedTest(ROUNDS_WITH_SENTINELS - 1)
    @EnabledIfSystemProperty(named = "larder.stress", matches = "true")
    void norWhenTheyReplaceManyMore() throws InterruptedException {
        assertThat(lostWithSentinels(Ack.replicas(1))).as("lost writes").isEmpty();
    }

    @Test
    void withoutWaitingForTheReplicaSomeAreLostThen() throws InterruptedException {
        assertThat(lostWithSentinels(Ack.PRIMARY)).as("lost writes").isNotEmpty();
    }

    private static List<String> lostWithSentinels(Ack ack) throws InterruptedException {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            sentinels.promoteAfter(SecuredCluster.SILENCE);
            FailoverTimeout.shorten(sentinels);
            RedisSettings settings = RedisSettings.ofSentinels(new SentinelSettings(
                    RedisSentinels.NAME,
                    sentinels.sentinelUris().stream().map(URI::create).toList(),
                    null));
            try (RedisStores stores = RedisStores.connect(settings.withAck(ack));
                    Store<String, String> store = open(stores)) {
                Writers writers = Writers.start(store);
                writers.awaitMore(200);

                RedisServer lost = sentinels.primary();
                authenticateReplicas(sentinels, lost, "none");
                lost.call("CLIENT", "KILL", "TYPE", "replica");
                goOnWithoutReplica(writers, ack);
                sentinels.promoteAfter(SILENCE);
                lost.kill();
                sentinels.awaitNewPrimary(lost);
                authenticateReplicas(sentinels, lost, "");
                writers.awaitMore(200);

                return missing(writers.stop(), settings, ack);
            }
        }
    }

    /** Replicas that give a password to a primary which has none are not let in, and stay as they are. */
    private static void authenticateReplicas(RedisSentinels sentinels, RedisServer primary, String password) {
        sentinels.servers().stream()
                .filter(server -> server != primary)
                .forEach(replica -> replica.call("CONFIG", "SET", "masterauth", password));
    }

    private static List<String> lost(Ack ack) throws InterruptedException {
        try (PrimaryAndReplica servers = PrimaryAndReplica.start();
                RedisStores stores = RedisStores.connect(servers.settings().withAck(ack));
                Store<String, String> store = open(stores)) {
            Writers writers = Writers.start(store);
            writers.awaitMore(200);

            servers.between().blackHole();
            goOnWithoutReplica(writers, ack);
            servers.replica().call("REPLICAOF", "NO", "ONE");
            servers.between().pass();
            pause();

            return missing(
                    writers.stop(),
                    RedisSettings.of(URI.create(servers.replica().uri())),
                    ack);
        }
    }

    /** Lets writers go on for a while, in which nobody is told of a write that a replica must have that it is done, but for those under way. */
    private static void goOnWithoutReplica(Writers writers, Ack ack) {
        if (ack.replicas() == 0) {
            goOn(writers);
            return;
        }
        int before = writers.acknowledged();
        pause();
        pause();
        assertThat(writers.acknowledged()).isBetween(before, before + Writers.THREADS);
    }

    private static List<String> missing(List<String> acknowledged, RedisSettings settings, Ack ack) {
        try (RedisStores stores = RedisStores.connect(settings);
                Store<String, String> store =
                        stores.stores().open(PatientContext.of(CACHE, String.class, String.class))) {
            List<String> missing = missing(acknowledged, store);
            System.getLogger(LostWritesTest.class.getName())
                    .log(
                            Level.INFO,
                            "{0}: {1} of {2} acknowledged writes lost",
                            ack,
                            missing.size(),
                            acknowledged.size());
            return missing;
        }
    }

    private static List<String> missing(List<String> acknowledged, Store<String, String> store) {
        List<String> missing = new ArrayList<>();
        for (int from = 0; from < acknowledged.size(); from += PAGE) {
            List<String> page = acknowledged.subList(from, Math.min(from + PAGE, acknowledged.size()));
            Set<String> found = store.readAll(Set.copyOf(page), Ttl.UNCHANGED).keySet();
            page.stream().filter(key -> !found.contains(key)).forEach(missing::add);
        }
        return missing;
    }

    private static List<String> lostInACluster(Ack ack) throws InterruptedException {
        RedisCluster cluster = TlsCluster.cluster();
        RedisServer primary = cluster.primaries().get(0);
        RedisServer replica = cluster.replicaOf(primary);
        try (RedisStores stores = RedisStores.connect(TlsCluster.settings().withAck(ack));
                Store<String, String> store = open(stores)) {
            Writers writers = Writers.start(store);
            writers.awaitMore(200);

            replica.call("CONFIG", "SET", "masterauth", "wrong");
            primary.call("CLIENT", "KILL", "TYPE", "replica");
            goOnWithoutOneReplica(writers, ack);
            replica.call("CLUSTER", "FAILOVER", "TAKEOVER");
            awaitPrimary(replica);
            pause();
            List<String> acknowledged = writers.stop();
            replica.call("CONFIG", "SET", "masterauth", SECRET);
            cluster.awaitWhole();

            return missing(acknowledged, TlsCluster.settings(), ack);
        } finally {
            replica.call("CONFIG", "SET", "masterauth", SECRET);
            cluster.awaitWhole();
        }
    }

    /** Of three primaries one has lost its replica: what is written to the others is acknowledged. */
    private static void goOnWithoutOneReplica(Writers writers, Ack ack) {
        if (ack.replicas() == 0) {
            goOn(writers);
        } else {
            pause();
            pause();
        }
    }

    /** Lets writers go on for a while in any case: what was sent to a replica before its link was cut may be on its way still. */
    private static void goOn(Writers writers) {
        pause();
        pause();
        writers.awaitMore(200);
    }

    private static void awaitPrimary(RedisServer server) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> ("" + server.call("INFO", "replication")).contains("role:master"));
    }

    private static Store<String, String> open(RedisStores stores) {
        return stores.stores()
                .open(StoreContext.of(CACHE, String.class, String.class).withStoreDeadline(Duration.ofMillis(500)));
    }

    private static void pause() {
        Awaitility.await().pollDelay(A_WHILE).atMost(A_WHILE.plusSeconds(30)).until(() -> true);
    }
}
