package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.redis.auth.AwsCredentials;
import dev.larder.redis.auth.AwsCredentialsSource;
import dev.larder.redis.auth.IamCache;
import dev.larder.redis.auth.IamCredentialsProvider;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.PemFiles;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.RedisServerBuilder;
import dev.larder.testkit.server.Resp;
import dev.larder.testkit.server.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Servers that cannot be connected to: the message names the server, the reason, and the setting that helps. */
class ConnectingTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.ofThisJvm();
    private static final String SECRET = "planted-5ecret";
    private static final int TRIES = 5;

    /** For servers that never answer, so that it is waited for in vain. */
    private static final Duration SHORT = Duration.ofSeconds(2);

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
                settings -> ConnectTimeouts.of(
                        RedisSettings.of(
                                URI.create(settings.servers().get(0).toString().replace("redis:", "rediss:"))),
                        SHORT),
                "if the server speaks TLS, and with redis:// if it does not");
    }

    @Test
    void serverThatSpeaksTlsIsTold() {
        assertRefused(
                RedisServer.builder().tls(CERTIFICATES),
                settings -> RedisSettings.of(inTheClear(settings)),
                "if it speaks TLS, let the address begin with rediss://");
    }

    @Test
    void clusterThatSpeaksTlsIsTold() {
        assertRefused(
                RedisServer.builder().cluster().tls(CERTIFICATES),
                settings -> RedisSettings.ofCluster(List.of(inTheClear(settings))),
                "if it speaks TLS, let the address begin with rediss://");
    }

    private static URI inTheClear(RedisSettings settings) {
        return URI.create(settings.servers().get(0).toString().replace("rediss:", "redis:"));
    }

    @Test
    void silentServerIsTold() {
        try (RedisServer server = RedisServer.start();
                TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            proxy.blackHole();

            assertThat(refusal(ConnectTimeouts.of(RedisSettings.of(uriOf(proxy)), SHORT), "timed out"))
                    .hasMessageContaining("timed out: nobody answered; look at host and port, and at the firewall");
        }
    }

    @Test
    void serverThatClosesTheConnectionIsTold() {
        try (RedisServer server = RedisServer.start();
                TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            proxy.cutRepliesAfter(0);

            assertThat(refusal(RedisSettings.of(uriOf(proxy)), "closed the connection"))
                    .hasMessageContaining("it closed the connection before the greetings were over");
        }
    }

    private static URI uriOf(TcpProxy proxy) {
        return URI.create("redis://" + proxy.host() + ":" + proxy.port());
    }

    @Test
    void serverWithoutRoomIsTold() {
        try (RedisServer server = RedisServer.builder().config("maxclients 2").start();
                Resp one = server.connect()) {
            one.call("PING");
            try (Resp other = server.connect()) {
                other.call("PING");

                assertThat(refusal(RedisSettings.of(URI.create(server.uri())), "raise maxclients"))
                        .hasMessageContaining("it has reached its max number of clients; raise maxclients there");
            }
        }
    }

    @Test
    void whatIsNoRedisIsTold() throws IOException {
        try (ServerSocket http = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answers = CompletableFuture.runAsync(() -> answerAsHttp(http));

            assertThat(refusal(RedisSettings.of(URI.create("redis://127.0.0.1:" + http.getLocalPort())), "no Redis"))
                    .hasMessageContaining("what answers there is no Redis; look at host and port");
            http.close();
            answers.join();
        }
    }

    private static void answerAsHttp(ServerSocket http) {
        while (!http.isClosed()) {
            try (Socket client = http.accept()) {
                var unused = client.getInputStream().read();
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // it was closed, or the client has gone
            }
        }
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
    void refusedIamTokenIsToldWithWhatToLookAt() {
        IamCache cache = IamCache.elastiCache("app", "sessions", "eu-west-1");
        AwsCredentialsSource keys = () -> AwsCredentials.of("id", SECRET);
        try (RedisServer server = RedisServer.builder()
                .tls(CERTIFICATES)
                .users("admin", "admin-5ecret", "user default off", "user admin on >admin-5ecret ~* &* +@all")
                .start()) {
            RedisSettings settings = RedisSettings.of(URI.create(server.uri())).withTls(TlsCluster.trusting());

            assertThat(refusal(
                            () -> RedisStores.connect(settings, new IamCredentialsProvider(cache, keys)), "IAM token"))
                    .hasMessageContaining(
                            "it does not take the IAM token of user app for sessions in eu-west-1; look whether the user is in the user group")
                    .hasMessageNotContaining(SECRET);
        }
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
                .hasMessageContaining("it refused the connection: nobody listens there; see whether it runs");
    }

    @Test
    void clusterThatIsNotThereIsTold() {
        RedisSettings settings = RedisSettings.ofCluster(List.of(URI.create("redis://127.0.0.1:1")));

        assertThat(refusal(settings, "refused"))
                .hasMessageContaining("it refused the connection: nobody listens there; see whether it runs");
    }

    @Test
    void sentinelsThatAreNotThereAreNamed() {
        SentinelSettings sentinels = new SentinelSettings(
                "mymaster", List.of(URI.create("redis://127.0.0.1:1"), URI.create("redis://127.0.0.1:2")), null);

        assertThat(refusal(RedisSettings.ofSentinels(sentinels), "refused"))
                .hasMessageStartingWith("redis mymaster (sentinels 127.0.0.1:1, 127.0.0.1:2) cannot be reached: ")
                .hasMessageContaining("it refused the connection");
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
        return refusal(() -> RedisStores.connect(settings), message);
    }

    private static StoreException refusal(Supplier<RedisStores> connect, String message) {
        StoreException refusal = tryToConnect(connect);
        for (int i = 1; i < TRIES && !refusal.getMessage().contains(message); i++) {
            refusal = tryToConnect(connect);
        }
        return refusal;
    }

    private static StoreException tryToConnect(Supplier<RedisStores> connect) {
        return catchThrowableOfType(StoreException.class, () -> connect.get().close());
    }
}
