package dev.larder.redis.tls;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Certificates or a key in files that may change. While they cannot be read, what they held before is used. */
final class Material {

    private static final System.Logger LOGGER = System.getLogger(Tls.class.getName());

    private final String name;
    private final Files files;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile @Nullable Consumer<SslContextBuilder> last;

    /** Where the material lies. */
    interface Files {

        /** Reads them. What is returned may check them further, and throw {@link IllegalArgumentException}. */
        Consumer<SslContextBuilder> read() throws IOException, GeneralSecurityException;

        /** Names them. */
        @Override
        String toString();
    }

    Material(String name, Files files) {
        this.name = name;
        this.files = files;
    }

    void addTo(SslContextBuilder builder) {
        try {
            Consumer<SslContextBuilder> now = files.read();
            now.accept(builder);
            last = now;
            failing.set(false);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            addLastTo(builder, e);
        }
    }

    private void addLastTo(SslContextBuilder builder, Exception failure) {
        Consumer<SslContextBuilder> before = last;
        if (before == null) {
            throw new IllegalArgumentException(problem(failure), failure);
        }
        if (failing.compareAndSet(false, true)) {
            LOGGER.log(Level.WARNING, () -> problem(failure) + "; going on with what was there before");
        }
        before.accept(builder);
    }

    private String problem(Exception failure) {
        Throwable cause = failure.getCause();
        return "the " + name + " cannot be read from " + files + ": " + failure
                + (cause == null ? "" : ": " + cause.getMessage());
    }

    @Override
    public String toString() {
        return files.toString();
    }
}
