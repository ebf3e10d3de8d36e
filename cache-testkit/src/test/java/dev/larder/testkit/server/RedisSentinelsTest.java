package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisSentinelsTest {

    @Test
    void sentinelsReplaceAKilledPrimary() {
        try (RedisSentinels redis = RedisSentinels.start()) {
            RedisServer lost = redis.primary();
            lost.call("SET", "greeting", "hello");
            lost.call("WAIT", "2", "5000");

            lost.kill();
            RedisServer promoted = redis.awaitNewPrimary(lost);

            assertThat(promoted).isNotSameAs(lost);
            assertThat(redis.primary()).isSameAs(promoted);
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
}
