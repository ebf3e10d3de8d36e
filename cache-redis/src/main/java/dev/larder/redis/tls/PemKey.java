package dev.larder.redis.tls;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A private key and its certificates as PEM. */
final class PemKey implements Material.Files {

    private final Path certificates;
    private final Path key;
    private final char @Nullable [] keyPassword;

    PemKey(Path certificates, Path key, char @Nullable [] keyPassword) {
        this.certificates = Objects.requireNonNull(certificates, "certificates");
        this.key = Objects.requireNonNull(key, "key");
        this.keyPassword = keyPassword == null ? null : keyPassword.clone();
    }

    @Override
    public Consumer<SslContextBuilder> read() throws IOException {
        byte[] chainBytes = Files.readAllBytes(certificates);
        byte[] keyBytes = Files.readAllBytes(key);
        String password = keyPassword == null ? null : new String(keyPassword);
        return builder ->
                builder.keyManager(new ByteArrayInputStream(chainBytes), new ByteArrayInputStream(keyBytes), password);
    }

    @Override
    public String toString() {
        return certificates + " and " + key;
    }
}
