package dev.larder.benchmarks.subject;

import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.URI;

/** The commands of the server themselves, through lettuce: what a cache on that server can reach. They know one expiry, a TTL with each put. */
final class LettuceSubject implements Subject {

    private final RedisClient client;

    LettuceSubject(URI server) {
        client = RedisClient.create(server.toString());
    }

    @Override
    public Target open(CacheSpec spec) {
        return new LettuceTarget(client.connect(ByteArrayCodec.INSTANCE));
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
