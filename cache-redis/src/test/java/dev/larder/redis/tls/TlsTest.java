package dev.larder.redis.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.testkit.server.PemFiles;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.TestCertificates;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TlsTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.ofThisJvm();
    private static final Tls TRUSTING = Tls.ofJdk().trusting(CERTIFICATES.authority(), null);

    private static RedisServer server;
    private static RedisServer asking;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServers() {
        server = RedisServer.builder().tls(CERTIFICATES).start();
        asking = RedisServer.builder().mutualTls(CERTIFICATES).start();
    }

    @AfterAll
    static void closeServers() {
        server.close();
        asking.close();
    }

    @Test
    void authorityInAPemFileIsTrusted() {
        assertThat(ping(server, TRUSTING)).isEqualTo("PONG");
    }

    @Test
    void authorityInAKeyStoreIsTrusted() {
        Tls tls = Tls.ofJdk().trusting(CERTIFICATES.trustStore(), password());

        assertThat(ping(server, tls)).isEqualTo("PONG");
    }

    @Test
    void eachVersionThatMayBeSpokenIs() {
        assertThat(ping(server, TRUSTING.speaking(List.of("TLSv1.2")))).isEqualTo("PONG");
        assertThat(ping(server, TRUSTING.speaking(List.of("TLSv1.3")))).isEqualTo("PONG");
    }

    @Test
    void authorityThatTheJdkDoesNotKnowIsRefused() {
        assertRefused(server, Tls.ofJdk(), "unable to find valid certification path");
    }

    @Test
    void certificateOfAnotherAuthorityIsRefused() {
        try (RedisServer shown = serverThatShows(CERTIFICATES.untrusted())) {
            assertRefused(shown, TRUSTING, "certification path");
        }
    }

    @Test
    void expiredCertificateIsRefused() {
        try (RedisServer shown = serverThatShows(CERTIFICATES.expired())) {
            assertRefused(shown, TRUSTING, "NotAfter");
        }
    }

    @Test
    void certificateOfAnotherHostIsRefused() {
        try (RedisServer shown = serverThatShows(CERTIFICATES.wrongHost())) {
            assertRefused(shown, TRUSTING, "No subject alternative names matching IP address 127.0.0.1");
        }
    }

    @Test
    void clientWithoutACertificateIsRefusedByAServerThatAsksForOne() {
        // the server tells why and closes the connection, and who is busy may hear of the latter alone
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThatThrownBy(() -> ping(asking, TRUSTING)).hasRootCauseInstanceOf(SSLException.class));
    }

    @Test
    void clientShowsACertificateFromPemFiles() {
        PemFiles client = CERTIFICATES.client();

        assertThat(ping(asking, TRUSTING.presenting(client.certificate(), client.key(), null)))
                .isEqualTo("PONG");
    }

    @Test
    void clientShowsACertificateFromAKeyStore() {
        assertThat(ping(asking, TRUSTING.presenting(CERTIFICATES.clientKeyStore(), password())))
                .isEqualTo("PONG");
    }

    @Test
    void replacedFilesAreReadForTheNextConnection() throws IOException {
        PemFiles client = CERTIFICATES.client();
        Path trust = copy(CERTIFICATES.untrusted().certificate(), "ca.pem");

        ClientOptions options =
                options(Tls.ofJdk().trusting(trust, null).presenting(client.certificate(), client.key(), null));
        assertThatThrownBy(() -> ping(asking, options)).hasRootCauseInstanceOf(GeneralSecurityException.class);
        copy(CERTIFICATES.authority(), "ca.pem");

        assertThat(ping(asking, options)).isEqualTo("PONG");
    }

    @Test
    void fileThatHasBecomeUnreadableLeavesTheLastCertificatesInUse() throws IOException {
        Path trust = copy(CERTIFICATES.authority(), "ca.pem");

        ClientOptions options = options(Tls.ofJdk().trusting(trust, null));
        Files.writeString(trust, "half a fi");

        assertThat(ping(server, options)).isEqualTo("PONG");
    }

    @Test
    void missingFileIsNamedAtTheStart() {
        Path absent = directory.resolve("absent.pem");

        assertThatThrownBy(() -> Tls.ofJdk().trusting(absent, null).sslOptions())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trusted certificates")
                .hasMessageContaining(absent.toString());
    }

    @Test
    void fileThatIsNoKeyIsNamedAtTheStart() {
        Path certificate = CERTIFICATES.client().certificate();

        assertThatThrownBy(() ->
                        Tls.ofJdk().presenting(certificate, certificate, null).sslOptions())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client certificate")
                .hasMessageContaining(certificate.toString());
    }

    @Test
    void wrongPasswordOfAKeyStoreIsToldAtTheStartAndNotRepeated() {
        assertThatThrownBy(() -> Tls.ofJdk()
                        .presenting(CERTIFICATES.clientKeyStore(), "wrong secret".toCharArray())
                        .sslOptions())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password was incorrect")
                .hasMessageNotContaining("wrong secret");
    }

    @Test
    void keyStoreWithoutCertificatesIsRefusedAtTheStart() throws IOException, GeneralSecurityException {
        Path empty = directory.resolve("empty.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var out = Files.newOutputStream(empty)) {
            store.store(out, password());
        }

        assertThatThrownBy(() -> Tls.ofJdk().trusting(empty, password()).sslOptions())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds no certificate");
    }

    @Test
    void oldVersionsOfTlsAreRefused() {
        assertThatThrownBy(() -> Tls.ofJdk().speaking(List.of("TLSv1.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TLSv1.1")
                .hasMessageContaining("TLSv1.3");
        assertThatThrownBy(() -> Tls.ofJdk().speaking(List.of())).hasMessageContaining("must be a version");
    }

    @Test
    void addressThatTurnsVerificationOffIsRefused() {
        RedisURI careless = RedisURI.create("rediss://localhost?verifyPeer=NONE");

        assertThatThrownBy(() -> Tls.encrypted(careless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("verifyPeer");
    }

    @Test
    void addressIsMadeEncryptedAndVerified() {
        RedisURI uri = Tls.encrypted(RedisURI.create("redis://localhost"));

        assertThat(uri.isSsl()).isTrue();
        assertThat(uri.isStartTls()).isFalse();
        assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
    }

    /** The tooth of the host's name. */
    @Test
    void certificateOfAnotherHostWouldBeTakenWithoutVerification() {
        try (RedisServer shown = serverThatShows(CERTIFICATES.wrongHost())) {
            RedisURI careless = Tls.encrypted(uri(shown));
            careless.setVerifyPeer(SslVerifyMode.CA);

            assertThatCode(() -> ping(careless, options(TRUSTING))).doesNotThrowAnyException();
        }
    }

    /** The tooth of the others. */
    @ParameterizedTest
    @MethodSource("bad")
    void whoVerifiesNothingTakesEachOfThem(PemFiles certificate) {
        try (RedisServer shown = serverThatShows(certificate)) {
            RedisURI careless = Tls.encrypted(uri(shown));
            careless.setVerifyPeer(SslVerifyMode.NONE);
            ClientOptions options = ClientOptions.builder()
                    .sslOptions(SslOptions.builder()
                            .trustManager(InsecureTrustManagerFactory.INSTANCE)
                            .build())
                    .build();

            assertThat(ping(careless, options)).isEqualTo("PONG");
        }
    }

    static List<PemFiles> bad() {
        return List.of(CERTIFICATES.untrusted(), CERTIFICATES.expired(), CERTIFICATES.wrongHost());
    }

    private static RedisServer serverThatShows(PemFiles certificate) {
        return RedisServer.builder().tls(CERTIFICATES, certificate).start();
    }

    private static void assertRefused(RedisServer to, Tls tls, String reason) {
        assertThatThrownBy(() -> ping(to, tls))
                .hasStackTraceContaining(SSLHandshakeException.class.getName())
                .hasStackTraceContaining(reason);
    }

    private static String ping(RedisServer to, Tls tls) {
        return ping(to, options(tls));
    }

    private static String ping(RedisServer to, ClientOptions options) {
        return ping(Tls.encrypted(uri(to)), options);
    }

    private static String ping(RedisURI uri, ClientOptions options) {
        RedisClient client = RedisClient.create(uri);
        client.setOptions(options);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().ping();
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    private static RedisURI uri(RedisServer to) {
        return RedisURI.create(to.host(), to.port());
    }

    private static ClientOptions options(Tls tls) {
        return ClientOptions.builder().sslOptions(tls.sslOptions()).build();
    }

    private static char[] password() {
        return CERTIFICATES.password().toCharArray();
    }

    private Path copy(Path file, String name) throws IOException {
        return Files.write(directory.resolve(name), Files.readAllBytes(file));
    }
}
