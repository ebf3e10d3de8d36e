package dev.larder.redis.config;

import dev.larder.redis.tls.Tls;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom the store trusts, and what it shows of itself, where the address says {@code rediss}. All may be left out.
 *
 * @param trust a file with the certificates to trust, PEM, PKCS12 or JKS; null for what the JDK trusts
 * @param trustPassword of that key store
 * @param certificate a PEM file with the client's certificates, for mutual TLS
 * @param key a PEM file with the client's key, PKCS #8
 * @param keyPassword of that key
 * @param keyStore a file with the client's key and certificates, PKCS12 or JKS, in place of {@code certificate} and {@code key}
 * @param keyStorePassword of that key store and its key
 * @param protocols the versions of TLS to speak; null for 1.2 and 1.3
 */
public record TlsSettings(
        @Nullable String trust,
        @Nullable String trustPassword,
        @Nullable String certificate,
        @Nullable String key,
        @Nullable String keyPassword,
        @Nullable String keyStore,
        @Nullable String keyStorePassword,
        @Nullable List<String> protocols) {

    /** The JSON schema of this record. */
    public static final String SCHEMA = """
            {
              "description": "Whom the store trusts, and what it shows of itself, where the address says rediss.",
              "type": "object",
              "properties": {
                "trust": { "type": "string", "description": "Certificates to trust: PEM, PKCS12 or JKS. Default: those of the JDK." },
                "trustPassword": { "type": "string", "writeOnly": true },
                "certificate": { "type": "string", "description": "The client's certificates, PEM, for mutual TLS." },
                "key": { "type": "string", "description": "The client's key, PEM (PKCS #8)." },
                "keyPassword": { "type": "string", "writeOnly": true },
                "keyStore": { "type": "string", "description": "The client's key and certificates: PKCS12 or JKS." },
                "keyStorePassword": { "type": "string", "writeOnly": true },
                "protocols": { "type": "array", "items": { "enum": ["TLSv1.2", "TLSv1.3"] } }
              },
              "additionalProperties": false
            }
            """;

    /** Checks that what belongs together is together. */
    public TlsSettings {
        requireBeside(trustPassword, "trustPassword", trust, "trust");
        requireBeside(certificate, "certificate", key, "key");
        requireBeside(key, "key", certificate, "certificate");
        requireBeside(keyPassword, "keyPassword", key, "key");
        requireBeside(keyStore, "keyStore", keyStorePassword, "keyStorePassword");
        requireBeside(keyStorePassword, "keyStorePassword", keyStore, "keyStore");
        if (certificate != null && keyStore != null) {
            throw new IllegalArgumentException(
                    "\"certificate\" cannot be combined with \"keyStore\"; leave one of them out");
        }
        if (protocols != null) {
            protocols = List.copyOf(protocols);
            checkProtocols(protocols);
        }
    }

    private static void requireBeside(@Nullable String value, String name, @Nullable String other, String otherName) {
        if (value != null && other == null) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is set and \"" + otherName + "\" is not; write both, or neither");
        }
    }

    private static void checkProtocols(List<String> protocols) {
        try {
            var unused = Tls.ofJdk().speaking(protocols);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"protocols\": " + e.getMessage(), e);
        }
    }

    /** Returns how connections are encrypted. Reads no file yet. */
    public Tls tls() {
        Tls tls = Tls.ofJdk();
        if (trust != null) {
            tls = tls.trusting(Path.of(trust), Secret.characters(trustPassword));
        }
        if (certificate != null && key != null) {
            tls = tls.presenting(Path.of(certificate), Path.of(key), Secret.characters(keyPassword));
        }
        if (keyStore != null && keyStorePassword != null) {
            tls = tls.presenting(Path.of(keyStore), keyStorePassword.toCharArray());
        }
        return protocols == null ? tls : tls.speaking(protocols);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "TlsSettings[trust=" + trust + ", trustPassword=" + Secret.masked(trustPassword) + ", certificate="
                + certificate + ", key=" + key + ", keyPassword=" + Secret.masked(keyPassword) + ", keyStore="
                + keyStore + ", keyStorePassword=" + Secret.masked(keyStorePassword) + ", protocols=" + protocols + "]";
    }
}
