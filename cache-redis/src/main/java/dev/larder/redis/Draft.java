package dev.larder.redis;

import dev.larder.redis.config.Ack;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.ReadFrom;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.redis.config.Topology;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The components of {@link RedisSettings} before they are checked, so that some can be changed by their names. For one thread. */
final class Draft {

    @Nullable
    URI uri;

    @Nullable
    Topology topology;

    @Nullable
    List<URI> nodes;

    @Nullable
    SentinelSettings sentinel;

    @Nullable
    List<URI> readers;

    @Nullable
    ReadFrom readFrom;

    @Nullable
    Boolean staleReads;

    @Nullable
    Ack ack;

    @Nullable
    AuthSettings auth;

    @Nullable
    TlsSettings tls;

    @Nullable
    String prefix;

    @Nullable
    String clientName;

    @Nullable
    Duration connectTimeout;

    @Nullable
    Integer queue;

    /** Returns a draft of the same. */
    static Draft of(RedisSettings settings) {
        Draft draft = new Draft();
        draft.uri = settings.uri();
        draft.topology = settings.topology();
        draft.nodes = settings.nodes();
        draft.sentinel = settings.sentinel();
        draft.readers = settings.readers();
        draft.readFrom = settings.readFrom();
        draft.staleReads = settings.staleReads();
        draft.ack = settings.ack();
        draft.auth = settings.auth();
        draft.tls = settings.tls();
        draft.prefix = settings.prefix();
        draft.clientName = settings.clientName();
        draft.connectTimeout = settings.connectTimeout();
        draft.queue = settings.queue();
        return draft;
    }

    /** Fills in what is left out, and checks the rest. */
    RedisSettings settings() {
        return new RedisSettings(
                uri,
                topology,
                nodes,
                sentinel,
                readers,
                readFrom,
                staleReads,
                ack,
                auth,
                tls,
                prefix,
                clientName,
                connectTimeout,
                queue);
    }
}
