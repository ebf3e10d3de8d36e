package dev.larder.redis.tls;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates to trust, as PEM or in a key store, whichever the file turns out to be. */
final class TrustFile implements Material.Files {

    private static final String PEM = "-----BEGIN ";

    private final Path file;
    private final char @Nullable [] password;

    TrustFile(Path file, char @Nullable [] password) {
        this.file = Objects.requireNonNull(file, "file");
        this.password = password == null ? null : password.clone();
    }

    @Override
    public Consumer<SslContextBuilder> read() throws IOException, GeneralSecurityException {
        byte[] bytes = Files.readAllBytes(file);
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM)) {
            return builder -> builder.trustManager(new ByteArrayInputStream(bytes));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificates());
        return builder -> builder.trustManager(factory);
    }

    /** An empty one would fail at the first connection, and say nothing of use there. */
    private KeyStore certificates() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(file.toFile(), password);
        if (store.size() == 0) {
            throw new KeyStoreException(
                    "it holds no certificate" + (password == null ? "; its password may be needed" : ""));
        }
        return store;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
