package dev.larder.testkit.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Key stores and what clients make of them. */
final class TlsStores {

    private TlsStores() {}

    /** What can go wrong with keys, and does not with those made here. */
    @FunctionalInterface
    private interface Making<T> {
        T make() throws GeneralSecurityException, IOException;
    }

    static KeyStore trusting(Certificate authority) {
        return unchecked(() -> {
            KeyStore store = empty();
            store.setCertificateEntry("authority", authority);
            return store;
        });
    }

    static KeyStore holding(KeyAndChain content, String password) {
        return unchecked(() -> {
            KeyStore store = empty();
            Certificate[] chain = content.chain().toArray(new Certificate[0]);
            store.setKeyEntry("key", content.key(), password.toCharArray(), chain);
            return store;
        });
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Writes a file, unless it is there: a client may be reading it. */
    static Path write(KeyStore store, Path file, String password) {
        return unchecked(() -> {
            if (Files.exists(file)) {
                return file;
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
            return file;
        });
    }

    static TrustManager[] trustManagers(KeyStore store) {
        return unchecked(() -> {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        });
    }

    static KeyManager[] keyManagers(KeyStore store, String password) {
        return unchecked(() -> {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password.toCharArray());
            return factory.getKeyManagers();
        });
    }

    /** Makes the context of a client that shows a certificate only if it has key managers. */
    static SSLContext context(KeyManager @Nullable [] keys, TrustManager[] trust) {
        return unchecked(() -> {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        });
    }

    private static <T> T unchecked(Making<T> making) {
        try {
            return making.make();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
