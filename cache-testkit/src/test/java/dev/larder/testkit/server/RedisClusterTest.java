package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisClusterTest {

    @Test
    void replicaTakesOverFromAKilledPrimaryWhichComesBackAsItsReplica() {
        try (RedisCluster cluster = RedisCluster.start()) {
            assertThat(cluster.nodes()).hasSize(6);
            assertThat(cluster.primaries()).hasSize(3).doesNotHaveDuplicates();
            RedisServer lost = cluster.primaryOf("greeting");
            RedisServer replica = cluster.replicaOf(lost);
            setAndWait(lost, "greeting", "hello", 1);

            lost.kill();
            RedisServer promoted = cluster.awaitNewPrimary("greeting", lost);

            assertThat(promoted).isSameAs(replica);
            assertThat(promoted.call("GET", "greeting")).isEqualTo("hello");
            assertThat(cluster.primaries()).hasSize(3).contains(promoted).doesNotContain(lost);

            lost.restart();
            cluster.awaitWhole();

            assertThat(cluster.replicaOf(promoted)).isSameAs(lost);
        }
    }

    @Test
    void clusterThatSpeaksTlsAndKnowsUsersReplacesAPausedPrimary() {
        TestCertificates certificates = TestCertificates.ofThisJvm();
        RedisServerBuilder node = RedisServer.builder()
                .tls(certificates)
                .users("admin", "secret", "user default off", "user admin on >secret ~* &* +@all");

        try (RedisCluster cluster = RedisCluster.start(node)) {
            assertThat(cluster.seedUris()).hasSize(6).allMatch(uri -> uri.startsWith("rediss://127.0.0.1:"));
            RedisServer hanging = cluster.primaryOf("k");

            hanging.pause();
            RedisServer promoted = cluster.awaitNewPrimary("k", hanging);

            assertThat(promoted).isNotSameAs(hanging);
            assertThat(promoted.call("SET", "k", "v")).isEqualTo("OK");
            hanging.resume();
            cluster.awaitWhole();
            assertThat(cluster.primaryOf("k")).isSameAs(promoted);
        }
    }

    /** WAIT is for what its own connection wrote. */
    private static void setAndWait(RedisServer server, String key, String value, int replicas) {
        try (Resp connection = server.connect()) {
            connection.call("SET", key, value);
            assertThat(connection.call("WAIT", "" + replicas, "15000")).isEqualTo((long) replicas);
        }
    }
}
