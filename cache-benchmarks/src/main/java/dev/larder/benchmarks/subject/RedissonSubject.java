package dev.larder.benchmarks.subject;

import java.net.URI;
import javax.cache.configuration.Configuration;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.IntegerCodec;
import org.redisson.codec.CompositeCodec;
import org.redisson.config.Config;
import org.redisson.jcache.configuration.RedissonConfiguration;

/** Redisson's JCache as it is without further settings, but for its patience, and for the codec: it writes a {@code byte[]} as it is. */
final class RedissonSubject extends JCacheSubject {

    private final RedissonClient client;

    RedissonSubject(URI server) {
        super(Library.REDISSON);
        Config config = new Config();
        config.setCodec(new CompositeCodec(IntegerCodec.INSTANCE, ByteArrayCodec.INSTANCE, ByteArrayCodec.INSTANCE));
        config.useSingleServer().setAddress(server.toString()).setTimeout((int) RemoteServer.PATIENCE.toMillis());
        client = Redisson.create(config);
    }

    @Override
    Configuration<Integer, Object> configure(CacheSpec spec) {
        return RedissonConfiguration.fromInstance(client, spec.standard());
    }

    @Override
    public void close() {
        super.close();
        client.shutdown();
    }
}
