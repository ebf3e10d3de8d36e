package dev.larder.benchmarks.subject;

import dev.larder.jcache.CacheSettings;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import java.net.URI;
import javax.cache.configuration.Configuration;

/** Larder, with its entries on a server. The bytes of a {@code byte[]} are written as they are, after their length. */
final class LarderRedisSubject extends JCacheSubject {

    private final RedisStores stores;

    LarderRedisSubject(URI server) {
        super(Library.LARDER);
        stores = RedisStores.connect(RedisSettings.of(server));
    }

    @Override
    Configuration<Integer, Object> configure(CacheSpec spec) {
        return CacheSettings.builder(spec.standard())
                .store(stores.stores())
                .storeDeadline(RemoteServer.PATIENCE)
                .build();
    }

    @Override
    public void close() {
        super.close();
        stores.close();
    }
}
