package dev.larder.redis;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a store of Redis or Valkey is, and how to reach it.
 *
 * @param uri {@code redis://host:port/database}, or {@code rediss://} for TLS; {@code redis://127.0.0.1:6379} if null
 * @param prefix what all keys of the store begin with, {@code larder:} if null; applications that share a server need one each
 */
public record RedisSettings(@Nullable URI uri, @Nullable String prefix) {

    private static final URI LOCAL = URI.create("redis://127.0.0.1:6379");

    /** Fills in what is left out, and checks the rest. */
    public RedisSettings {
        uri = uri == null ? LOCAL : uri;
        prefix = prefix == null ? "larder:" : prefix;
        if (!"redis".equals(uri.getScheme()) && !"rediss".equals(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "\"uri\" must begin with redis:// or, for TLS, rediss://, not with " + uri.getScheme());
        }
    }

    @Override
    public URI uri() {
        return Objects.requireNonNull(uri);
    }

    @Override
    public String prefix() {
        return Objects.requireNonNull(prefix);
    }

    /** Returns the settings of a store at that URI, and nothing else out of the ordinary. */
    public static RedisSettings of(URI uri) {
        return new RedisSettings(Objects.requireNonNull(uri, "uri"), null);
    }

    /** Returns these settings with another prefix of keys. */
    public RedisSettings withPrefix(String newPrefix) {
        return new RedisSettings(uri, Objects.requireNonNull(newPrefix, "newPrefix"));
    }
}
