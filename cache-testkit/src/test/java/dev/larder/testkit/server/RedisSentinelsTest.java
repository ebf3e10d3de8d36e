package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisSentinelsTest {

    @Test
    void sentinelsReplaceAKilledPrimary() {
        try (RedisSentinels redis = RedisSentinels.start()) {
            RedisServer lost = redis.primary();
            setAndWait(lost, "greeting", "hello", 2);

            lost.kill();
            RedisServer promoted = redis.awaitNewPrimary(lost);

            assertThat(promoted).isNotSameAs(lost);
            // a sentinel that did not answer just now may not have heard of it
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> redis.primary() == promoted);
            assertThat(promoted.call("GET", "greeting")).isEqualTo("hello");
            assertThat(redis.servers()).hasSize(3);
        }
    }

    @Test
    void sentinelsSpeakTlsAndLogInToTheServers() {
        RedisServerBuilder server =
                RedisServer.builder().tls(TestCertificates.ofThisJvm()).password("secret");

        try (RedisSentinels redis = RedisSentinels.start(server)) {
            assertThat(redis.sentinelUris()).hasSize(3).allMatch(uri -> uri.startsWith("rediss://"));
            assertThat(redis.sentinels().get(0).call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", RedisSentinels.NAME))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .containsExactly("127.0.0.1", "" + redis.primary().port());
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
