package dev.larder.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for tests, good and bad ones, and the authority that signed them.
 *
 * <pre>{@code
 * TestCertificates certificates = TestCertificates.ofThisJvm();
 * RedisServer redis = RedisServer.builder().tls(certificates).start();
 * Client client = Client.connect(redis.uri(), certificates.trustStore(), certificates.password());
 * }</pre>
 *
 * <p>What is asked for is made at the first time, which takes up to a second, and is a file from then on. All keys are EC
 * keys. Safe for use by many threads.
 */
public final class TestCertificates {

    private static final String PASSWORD = "changeit";
    private static final String HERE = "san=ip:127.0.0.1,dns:localhost";

    private final Path folder;
    private final CertificateAuthority authority;
    private final Map<String, KeyAndChain> issued = new HashMap<>();
    private @Nullable CertificateAuthority stranger;

    private TestCertificates(Path folder) {
        this.folder = folder;
        this.authority = new CertificateAuthority("authority", folder, PASSWORD);
    }

    private static final class Holder {

        static final TestCertificates INSTANCE = new TestCertificates(WorkFolder.create("certificates-"));
    }

    /** Returns those that all tests of this JVM can share. */
    public static TestCertificates ofThisJvm() {
        return Holder.INSTANCE;
    }

    /** Makes others, with an authority of their own; their files lie in a folder, which is created if need be, and holds none yet. */
    public static TestCertificates create(Path folder) {
        try {
            return new TestCertificates(Files.createDirectories(folder).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a good certificate of a server, for 127.0.0.1 and localhost. */
    public PemFiles server() {
        return pem("server", authority, "-ext", HERE);
    }

    /** Returns one for 127.0.0.1 and localhost that ended five days ago. */
    public PemFiles expired() {
        return pem("expired", authority, "-ext", HERE, "-startdate", "-10d", "-validity", "5");
    }

    /** Returns one for the host {@code elsewhere.example}. */
    public PemFiles wrongHost() {
        return pem("wrong-host", authority, "-ext", "san=dns:elsewhere.example");
    }

    /** Returns one for 127.0.0.1 and localhost that was signed by an authority which nobody trusts. */
    public PemFiles untrusted() {
        return pem("untrusted", stranger(), "-ext", HERE);
    }

    private synchronized CertificateAuthority stranger() {
        if (stranger == null) {
            stranger = new CertificateAuthority("stranger", folder, PASSWORD);
        }
        return stranger;
    }

    /** Returns that of a client, {@code CN=client}, for servers that ask for one. */
    public PemFiles client() {
        return pem("client", authority);
    }

    private synchronized PemFiles pem(String name, CertificateAuthority signer, String... options) {
        return PemFiles.write(folder, name, key(name, signer, options));
    }

    private synchronized KeyAndChain key(String name, CertificateAuthority signer, String... options) {
        return issued.computeIfAbsent(name, absent -> signer.issue(name, options));
    }

    /** Returns the certificate of the authority, a PEM file, for whoever is to trust what it signed. */
    public synchronized Path authority() {
        try {
            byte[] encoded = authority.certificate().getEncoded();
            return PemFiles.write(folder.resolve("authority.crt"), "CERTIFICATE", List.of(encoded));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a key store (PKCS12) that holds the certificate of the authority. */
    public synchronized Path trustStore() {
        return TlsStores.write(trusting(), folder.resolve("trust.p12"), PASSWORD);
    }

    /** Returns a key store (PKCS12) that holds the key and the certificate of the client. */
    public synchronized Path clientKeyStore() {
        return TlsStores.write(clientStore(), folder.resolve("client.p12"), PASSWORD);
    }

    /** Returns the password of the key stores and of the keys in them. */
    public String password() {
        return PASSWORD;
    }

    /** Returns the TLS of a client that trusts the authority and shows no certificate. */
    public SSLContext trustingContext() {
        return TlsStores.context(null, TlsStores.trustManagers(trusting()));
    }

    /** Returns the TLS of a client that trusts the authority and shows the certificate of the client. */
    public SSLContext clientContext() {
        return TlsStores.context(clientKeys(), TlsStores.trustManagers(trusting()));
    }

    /** Returns the TLS by which this kit talks to its servers: it shows the client's certificate if asked to, and trusts anything. */
    SSLContext kitContext(boolean asClient) {
        return TlsStores.context(asClient ? clientKeys() : null, new TrustManager[] {new TrustAnything()});
    }

    private KeyStore trusting() {
        return TlsStores.trusting(authority.certificate());
    }

    private KeyManager[] clientKeys() {
        return TlsStores.keyManagers(clientStore(), PASSWORD);
    }

    private KeyStore clientStore() {
        return TlsStores.holding(key("client", authority), PASSWORD);
    }
}
