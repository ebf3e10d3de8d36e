package dev.larder.examples.web;

import dev.larder.jcache.CacheSettings;
import dev.larder.patterns.session.SessionStore;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.guard.OnStoreFailure;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/** Where the sessions of all instances are. */
interface SharedSessions {

    /** Returns the sessions for one instance more, which closes them. */
    Opened open();

    /**
     * The sessions as one instance has them.
     *
     * @param store where they are
     * @param closing ends what was opened for it
     */
    record Opened(SessionStore store, Runnable closing) implements AutoCloseable {

        @Override
        public void close() {
            store.close();
            closing.run();
        }
    }

    /** A cache of this JVM, for who has no server at hand: both instances are in it. */
    static SharedSessions onTheHeap() {
        Cache<String, byte[]> cache = newManager()
                .createCache(
                        "sessions", new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
        return () -> new Opened(store(cache), () -> {});
    }

    /**
     * Redis, to which each instance has connections of its own, as if it were alone on its machine.
     *
     * @param deadline how long a request to it may take; users whose session takes longer are told to come back later
     */
    static SharedSessions on(URI redis, Duration deadline) {
        return () -> {
            RedisStores stores = RedisStores.connect(RedisSettings.of(redis));
            // A session is nothing to go on without while Redis is away: who was logged in would be logged out.
            Configuration<String, byte[]> settings = CacheSettings.builder(String.class, byte[].class)
                    .store(stores.stores())
                    .onStoreFailure(OnStoreFailure.FAIL)
                    .storeDeadline(deadline)
                    .build();
            CacheManager manager = newManager();
            return new Opened(store(manager.createCache("sessions", settings)), () -> {
                manager.close();
                stores.close();
            });
        };
    }

    /** Returns a manager that nobody else has, by a name of its own. */
    private static CacheManager newManager() {
        return Caching.getCachingProvider()
                .getCacheManager(URI.create("shop-" + UUID.randomUUID()), SharedSessions.class.getClassLoader());
    }

    private static SessionStore store(Cache<String, byte[]> cache) {
        return SessionStore.over(cache)
                .idleTimeout(Duration.ofMinutes(20))
                .absoluteTimeout(Duration.ofHours(8))
                .build();
    }
}
