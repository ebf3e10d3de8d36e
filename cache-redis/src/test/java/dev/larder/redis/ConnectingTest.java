package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.testkit.server.PemFiles;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.RedisServerBuilder;
import dev.larder.testkit.server.TestCertificates;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Servers that cannot be connected to: the message names the server, the reason, and the setting that helps. */
class ConnectingTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.ofThisJvm();
    private static final String SECRET = "planted-5ecret";
    private static final int TRIES = 5;

    @Test
    void certificateOfAnUnknownAuthorityIsRefused() {
        assertRefused(
                shows(CERTIFICATES.untrusted()),
                TlsCluster.trusting(),
                "write the file of its authority into \"trust\"");
    }

    @Test
    void certificateThatTheJdkDoesNotTrustIsRefused() {
        assertRefused(
                shows(CERTIFICATES.server()),
                UnaryOperator.identity(),
                "write the file of its authority into \"trust\"");
    }

    @Test
    void expiredCertificateIsRefused() {
        assertRefused(shows(CERTIFICATES.expired()), TlsCluster.trusting(), "has expired; renew it there");
    }

    @Test
    void certificateOfAnotherHostIsRefused() {
        assertRefused(
                shows(CERTIFICATES.wrongHost()),
                TlsCluster.trusting(),
                "is that of another host; connect by a name or address that stands in it");
    }

    @Test
    void serverThatAsksForACertificateIsNamed() {
        assertRefused(
                RedisServer.builder().mutualTls(CERTIFICATES),
                TlsCluster.trusting(),
                "write \"certificate\" and \"key\" into \"tls\"");
    }

    @Test
    void clusterWithAWrongCertificateIsRefusedInTheSameWords() {
        try (RedisServer server = RedisServer.builder()
                .cluster()
                .tls(CERTIFICATES, CERTIFICATES.expired())
                .start()) {
            assertThat(refusal(
                            RedisSettings.ofCluster(List.of(URI.create(server.uri())))
                                    .withTls(TlsCluster.trusting()),
                            "has expired"))
                    .hasMessageContaining("has expired");
        }
    }

    @Test
    void serverWithoutTlsIsTold() {
        assertRefused(
                RedisServer.builder(),
                settings -> RedisSettings.of(
                        URI.create(settings.servers().get(0).toString().replace("redis:", "rediss:"))),
                "cannot be reached");
    }

    @Test
    void serverThatAsksForAPasswordIsTold() {
        assertRefused(
                RedisServer.builder().password("secret"),
                UnaryOperator.identity(),
                "it asks who the store is; write \"auth\"");
    }

    @Test
    void wrongPasswordIsToldAndNotRepeated() {
        assertRefused(
                RedisServer.builder().password("secret"),
                settings -> settings.withAuth(new AuthSettings("default", SECRET, null, null)),
                "it knows no such user with that password; look at \"auth\"");
    }

    @Test
    void nodeOfAClusterIsTold() {
        assertRefused(RedisServer.builder().cluster(), UnaryOperator.identity(), "write \"topology\": \"cluster\"");
    }

    @Test
    void serverThatIsNoClusterIsTold() {
        assertRefused(
                RedisServer.builder(),
                settings -> RedisSettings.ofCluster(settings.servers()),
                "it is no node of a cluster; leave \"topology\" out");
    }

    @Test
    void serverThatSpeaksNoResp3IsTold() {
        assertRefused(
                RedisServer.builder().config("rename-command HELLO \"\""),
                UnaryOperator.identity(),
                "the store needs RESP3 (HELLO 3) of Redis 6.2 or newer; let \"uri\" or \"nodes\" lead to such a"
                        + " server");
    }

    @Test
    void clusterThatSpeaksNoResp3IsTold() {
        assertRefused(
                RedisServer.builder().cluster().config("rename-command HELLO \"\""),
                settings -> RedisSettings.ofCluster(settings.servers()),
                "the store needs RESP3 (HELLO 3) of Redis 6.2 or newer; let \"uri\" or \"nodes\" lead to such a"
                        + " server");
    }

    @Test
    void sentinelIsTold() {
        assertRefused(RedisServer.builder().sentinel(), UnaryOperator.identity(), "it is a sentinel");
    }

    @Test
    void unknownNameOfAPrimaryIsTold() {
        assertRefused(
                RedisServer.builder().sentinel(),
                settings -> RedisSettings.ofSentinels(new SentinelSettings("unheard-of", settings.servers(), null)),
                "unheard-of");
    }

    @Test
    void serverThatIsNotThereIsTold() {
        assertThat(refusal(RedisSettings.of(URI.create("redis://127.0.0.1:1")), "refused"))
                .hasMessageStartingWith("redis 127.0.0.1:1 cannot be reached: ")
                .hasMessageContaining("refused");
    }

    private static RedisServerBuilder shows(PemFiles certificate) {
        return RedisServer.builder().tls(CERTIFICATES, certificate);
    }

    private static void assertRefused(RedisServerBuilder builder, @Nullable TlsSettings tls, String message) {
        assertRefused(builder, settings -> settings.withTls(tls), message);
    }

    private static void assertRefused(
            RedisServerBuilder builder, UnaryOperator<RedisSettings> settings, String message) {
        try (RedisServer server = builder.start()) {
            StoreException refusal = refusal(settings.apply(RedisSettings.of(URI.create(server.uri()))), message);

            assertThat(refusal).hasMessageContaining(message).hasMessageNotContaining(SECRET);
            assertThat(refusal.applied()).isEqualTo(Applied.NO);
        }
    }

    /**
     * Returns how it was refused, at the last try if not in the words that are expected. Lettuce may tell of the end of the connection in place of its
     * cause: after a refusal it closes the connection first, and on a busy machine hears of that before it tells why. And such a machine may take longer
     * to connect than it may.
     */
    static StoreException refusal(RedisSettings settings, String message) {
        StoreException refusal = tryToConnect(settings);
        for (int i = 1; i < TRIES && !refusal.getMessage().contains(message); i++) {
            refusal = tryToConnect(settings);
        }
        return refusal;
    }

    private static StoreException tryToConnect(RedisSettings settings) {
        return catchThrowableOfType(
                StoreException.class, () -> RedisStores.connect(settings).close());
    }
}
