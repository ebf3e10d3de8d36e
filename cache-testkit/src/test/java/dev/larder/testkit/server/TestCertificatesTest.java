package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCertificatesTest {

    private final TestCertificates certificates = TestCertificates.ofThisJvm();

    @Test
    void goodCertificateIsBelieved() {
        try (RedisServer redis = RedisServer.builder().tls(certificates).start()) {
            assertThat(redis.uri()).isEqualTo("rediss://127.0.0.1:" + redis.port());
            assertThatCode(() -> handshake(redis)).doesNotThrowAnyException();
            assertThat(pingBy(certificates.trustingContext(), redis)).isEqualTo("PONG");
        }
    }

    @Test
    void expiredCertificateIsNot() {
        assertRefused(certificates.expired(), "expired");
    }

    @Test
    void certificateForAnotherHostIsNot() {
        assertRefused(certificates.wrongHost(), "127.0.0.1");
    }

    @Test
    void certificateOfAnotherAuthorityIsNot() {
        assertRefused(certificates.untrusted(), "path");
    }

    private void assertRefused(PemFiles shown, String why) {
        try (RedisServer redis = RedisServer.builder().tls(certificates, shown).start()) {
            assertThatThrownBy(() -> handshake(redis))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasStackTraceContaining(why);
        }
    }

    @Test
    void serverThatAsksClientsTurnsAwayThoseThatShowNothing() {
        try (RedisServer redis = RedisServer.builder().mutualTls(certificates).start()) {
            assertThat(pingBy(certificates.clientContext(), redis)).isEqualTo("PONG");
            assertThatThrownBy(() -> pingBy(certificates.trustingContext(), redis))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void keyStoresHoldTheAuthorityAndTheClient() throws Exception {
        char[] password = certificates.password().toCharArray();

        KeyStore trust = KeyStore.getInstance(certificates.trustStore().toFile(), password);
        KeyStore client = KeyStore.getInstance(certificates.clientKeyStore().toFile(), password);

        assertThat(Collections.list(trust.aliases())).allMatch(alias -> isTrusted(trust, alias));
        assertThat(client.getKey("key", password)).isNotNull();
        assertThat(client.getCertificateChain("key")).hasSize(2);
    }

    private static boolean isTrusted(KeyStore store, String alias) {
        try {
            return store.isCertificateEntry(alias);
        } catch (java.security.KeyStoreException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void filesLieInTheFolderThatWasNamed(@TempDir Path folder) {
        TestCertificates own = TestCertificates.create(folder.resolve("new"));

        PemFiles server = own.server();

        assertThat(server.certificate())
                .hasParent(folder.resolve("new"))
                .content()
                .contains("BEGIN CERTIFICATE");
        assertThat(server.key()).content().startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(own.authority()).content().isNotEqualTo(read(certificates.authority()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object pingBy(SSLContext context, RedisServer redis) {
        try (Resp connection = Resp.connect(redis.host(), redis.port(), context, Resp.TIMEOUT)) {
            return connection.call("PING");
        }
    }

    /** Does what a careful client does: it compares the host, too. */
    private void handshake(RedisServer redis) throws IOException {
        try (Socket socket =
                certificates.trustingContext().getSocketFactory().createSocket(redis.host(), redis.port())) {
            SSLSocket secure = (SSLSocket) socket;
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
        }
    }
}
