package dev.larder.redis.tls;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;

/** A private key and its certificates in a key store. */
final class StoredKey implements Material.Files {

    private final Path keyStore;
    private final char[] password;

    StoredKey(Path keyStore, char[] password) {
        this.keyStore = Objects.requireNonNull(keyStore, "keyStore");
        this.password = password.clone();
    }

    @Override
    public Consumer<SslContextBuilder> read() throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(keyStore.toFile(), password), password);
        return builder -> builder.keyManager(factory);
    }

    @Override
    public String toString() {
        return keyStore.toString();
    }
}
