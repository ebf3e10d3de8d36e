package dev.larder.redis.tls;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted: whom they trust, and what they show of themselves.
 *
 * <pre>{@code
 * Tls.ofJdk().trusting(Path.of("ca.pem"), null).presenting(Path.of("client.pem"), Path.of("client.key"), null)
 * }</pre>
 *
 * <p>The name of the host is always verified. Files are read for each new connection, so that renewed certificates are found; while one cannot
 * be read, what it held before stays in use. Immutable and safe for use by many threads.
 */
public final class Tls {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final @Nullable Material trust;
    private final @Nullable Material own;
    private final List<String> protocols;

    private Tls(@Nullable Material trust, @Nullable Material own, List<String> protocols) {
        this.trust = trust;
        this.own = own;
        this.protocols = protocols;
    }

    /** Returns TLS 1.2 and 1.3 that trust what the JDK trusts, which is enough for ElastiCache. */
    public static Tls ofJdk() {
        return new Tls(null, null, PROTOCOLS);
    }

    /**
     * Trusts the certificates of a file, in place of those of the JDK.
     *
     * @param file PEM, PKCS12 or JKS
     * @param password of the key store; null for PEM and for stores without one
     */
    public Tls trusting(Path file, char @Nullable [] password) {
        return new Tls(new Material("trusted certificates", new TrustFile(file, password)), own, protocols);
    }

    /**
     * Shows a certificate to servers that ask for one (mutual TLS).
     *
     * @param certificates PEM: that of the client first, then those that lead to the authority's
     * @param key PEM, in the form PKCS #8 ({@code BEGIN PRIVATE KEY} or {@code BEGIN ENCRYPTED PRIVATE KEY})
     * @param keyPassword null if the key is not encrypted
     */
    public Tls presenting(Path certificates, Path key, char @Nullable [] keyPassword) {
        return new Tls(
                trust, new Material("client certificate", new PemKey(certificates, key, keyPassword)), protocols);
    }

    /**
     * Shows the certificate of a key store to servers that ask for one (mutual TLS).
     *
     * @param keyStore PKCS12 or JKS
     * @param password of the key store and of the key in it
     */
    public Tls presenting(Path keyStore, char[] password) {
        return new Tls(trust, new Material("client certificate", new StoredKey(keyStore, password)), protocols);
    }

    /**
     * Speaks these versions only.
     *
     * @throws IllegalArgumentException if one is not {@code TLSv1.2} or {@code TLSv1.3}, or there is none
     */
    public Tls speaking(List<String> versions) {
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("there must be a version of TLS; leave it out for " + PROTOCOLS);
        }
        versions.forEach(Tls::requireSafe);
        return new Tls(trust, own, List.copyOf(versions));
    }

    private static void requireSafe(String version) {
        if (!Set.copyOf(PROTOCOLS).contains(version)) {
            throw new IllegalArgumentException(version + " is no version of TLS to be used; write " + PROTOCOLS);
        }
    }

    /**
     * Returns the options for lettuce.
     *
     * @throws IllegalArgumentException if a file is not there or not what it should be; the message names it
     */
    public SslOptions sslOptions() {
        addMaterial(SslContextBuilder.forClient());
        return SslOptions.builder()
                .protocols(protocols.toArray(String[]::new))
                .sslContext(this::addMaterial)
                .build();
    }

    private void addMaterial(SslContextBuilder builder) {
        if (trust != null) {
            trust.addTo(builder);
        }
        if (own != null) {
            own.addTo(builder);
        }
    }

    /**
     * Makes connections to an address encrypted, to nobody but the host of that name.
     *
     * @throws IllegalArgumentException if the address asks for less, with lettuce's {@code verifyPeer}
     */
    public static RedisURI encrypted(RedisURI uri) {
        Objects.requireNonNull(uri, "uri");
        if (uri.getVerifyMode() != SslVerifyMode.FULL) {
            throw new IllegalArgumentException(
                    "verifyPeer cannot be turned off; trust the authority of the server's certificate, "
                            + "and connect by a name or address that stands in it");
        }
        uri.setSsl(true);
        uri.setStartTls(false);
        return uri;
    }

    @Override
    public String toString() {
        return "Tls[trusting " + (trust == null ? "what the JDK trusts" : trust) + ", presenting "
                + (own == null ? "nothing" : own) + ", " + String.join(" ", protocols) + "]";
    }
}
