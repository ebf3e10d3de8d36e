package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.TlsCluster;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisSentinels;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stores that say they can live with stale reads: plain reads go to replicas, and nothing else does. */
@Tag("outage")
class StaleReadsTest {

    private static final int KEYS = 30;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern READS = Pattern.compile("cmdstat_m?get:calls=(\\d+)");

    @Test
    void readerEndpointIsAskedAndThePrimaryWhenItIsGone() {
        try (RedisSentinels servers = RedisSentinels.start()) {
            servers.promoteAfter(LONG);
            RedisServer primary = servers.primary();
            RedisServer replica = replicas(servers, primary).get(0);
            RedisSettings settings =
                    RedisSettings.of(URI.create(primary.uri())).withStaleReads(List.of(URI.create(replica.uri())));
            try (RedisStores stores = RedisStores.connect(settings)) {
                Store<Integer, String> store = open(stores);
                assertReplicasAreRead(store, List.of(primary), List.of(replica));

                replica.kill();
                await().atMost(LONG).ignoreExceptions().untilAsserted(() -> assertAllAreRead(store));
            }
        }
    }

    @Test
    void replicasThatSentinelsKnowAreAsked() {
        try (RedisSentinels servers = RedisSentinels.start()) {
            servers.promoteAfter(LONG);
            RedisServer primary = servers.primary();
            RedisSettings settings = RedisSettings.ofSentinels(new SentinelSettings(
                            RedisSentinels.NAME,
                            servers.sentinelUris().stream().map(URI::create).toList(),
                            null))
                    .withStaleReads(List.of());
            try (RedisStores stores = RedisStores.connect(settings)) {
                assertReplicasAreRead(open(stores), List.of(primary), replicas(servers, primary));
            }
        }
    }

    @Test
    void replicasOfAClusterAreAsked() {
        RedisCluster cluster = TlsCluster.cluster();
        List<RedisServer> primaries = cluster.primaries();
        List<RedisServer> replicas = cluster.nodes().stream()
                .filter(node -> !primaries.contains(node))
                .toList();
        try (RedisStores stores = RedisStores.connect(TlsCluster.settings().withStaleReads(List.of()))) {
            assertReplicasAreRead(open(stores), primaries, replicas);
        }
    }

    private static void assertReplicasAreRead(
            Store<Integer, String> store, List<RedisServer> primaries, List<RedisServer> replicas) {
        IntStream.range(0, KEYS).forEach(key -> store.write(key, Change.put("value", Ttl.ETERNAL)));
        // a replica that does not answer for once is no replica that is not asked
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertReadsGoToReplicas(store, primaries, replicas));
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> assertLatestComesFromPrimaries(store, primaries));
    }

    private static void assertReadsGoToReplicas(
            Store<Integer, String> store, List<RedisServer> primaries, List<RedisServer> replicas) {
        long ofPrimaries = reads(primaries);
        long ofReplicas = reads(replicas);
        assertAllAreRead(store);
        assertThat(reads(primaries)).as("reads of primaries").isEqualTo(ofPrimaries);
        assertThat(reads(replicas)).as("reads of replicas").isGreaterThan(ofReplicas);
    }

    private static void assertLatestComesFromPrimaries(Store<Integer, String> store, List<RedisServer> primaries) {
        long ofPrimaries = reads(primaries);
        IntStream.range(0, KEYS)
                .forEach(key -> assertThat(valueOf(store.readLatest(key))).isEqualTo("value"));
        assertThat(reads(primaries)).as("reads of primaries").isEqualTo(ofPrimaries + KEYS);
    }

    private static void assertAllAreRead(Store<Integer, String> store) {
        Set<Integer> keys = IntStream.range(0, KEYS).boxed().collect(Collectors.toSet());
        assertThat(store.readAll(keys, Ttl.UNCHANGED)).hasSize(KEYS);
        keys.forEach(key -> assertThat(valueOf(store.read(key))).isEqualTo("value"));
    }

    private static String valueOf(@Nullable Entry<String> entry) {
        return entry == null ? "nothing" : entry.value();
    }

    private static long reads(List<RedisServer> servers) {
        return servers.stream()
                .flatMap(server ->
                        READS.matcher("" + server.call("INFO", "commandstats")).results())
                .map((MatchResult found) -> found.group(1))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static List<RedisServer> replicas(RedisSentinels servers, RedisServer primary) {
        return servers.servers().stream().filter(server -> server != primary).toList();
    }

    private static Store<Integer, String> open(RedisStores stores) {
        return stores.stores()
                .open(PatientContext.of("stale", Integer.class, String.class).withLeases(false));
    }
}
