package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.redis.RedisStores;
import dev.larder.redis.RewiredStores;
import dev.larder.redis.internal.link.ForwardingLink;
import dev.larder.store.StoreFactory;
import dev.larder.store.guard.OnStoreFailure;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Replication is asynchronous: what a primary said was done, its replica may not have when it takes over. In this JVM nobody reads what these
 * writes had replaced.
 */
@Tag("outage")
class LostWritesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Set<Integer> KEYS = keys(0);
    private static final Set<Integer> KEPT = keys(500);

    /** As many as are in all parts of a cluster. */
    private static final Set<Integer> PROBES = keys(1_000);

    /** The tooth is in the same outage: where nobody tells of the succession, what the new primary has is believed. */
    @ParameterizedTest
    @EnumSource
    void whatWritesHadReplacedThatAFailoverLostIsNotRead(Outage.Topology topology) {
        try (Outage outage = topology.start();
                RedisStores stores = RedisStores.connect(outage.settings());
                RewiredStores untold = RewiredStores.over(outage.settings(), ForwardingLink::new);
                var provider = new LarderCachingProvider()) {
            CacheManager manager = provider.getCacheManager(
                    URI.create("lost-writes"), getClass().getClassLoader());
            Cache<Integer, String> told = open(manager, "told", stores.stores());
            Cache<Integer, String> notTold = open(manager, "not told", untold.stores());
            loseWrites(outage, List.of(told, notTold));

            assertThat(valuesReadOfTheNewPrimary(told)).doesNotContain("replaced");
            // a cache that degrades reads nothing when its server is slow for once
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(valuesReadOfTheNewPrimary(notTold)).contains("replaced"));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(told.getAll(KEPT))
                            .as("what was not lost")
                            .isEqualTo(values(KEPT, "kept")));
        }
    }

    private static Cache<Integer, String> open(CacheManager manager, String name, StoreFactory stores) {
        return manager.createCache(
                name,
                CacheSettings.builder(Integer.class, String.class)
                        .store(stores)
                        .onStoreFailure(OnStoreFailure.DEGRADE)
                        .expireAfterWrite(Duration.ofMinutes(10))
                        .build());
    }

    private static void loseWrites(Outage outage, List<Cache<Integer, String>> caches) {
        for (Cache<Integer, String> cache : caches) {
            putAll(cache, values(KEPT, "kept"));
            putAll(cache, values(KEYS, "replaced"));
        }
        outage.awaitReplication();
        outage.stopReplication();
        caches.forEach(cache -> putAll(cache, values(KEYS, "lost")));
        outage.expectLoss();
        outage.lost().kill();
        outage.awaitPromotion();
    }

    /** Puts them until they are there. */
    private static void putAll(Cache<Integer, String> cache, Map<Integer, String> all) {
        await().atMost(LIMIT).until(() -> {
            cache.putAll(all);
            return cache.getAll(all.keySet()).equals(all);
        });
    }

    private static Set<String> valuesReadOfTheNewPrimary(Cache<Integer, String> cache) {
        Set<String> read = new HashSet<>();
        await().atMost(LIMIT).until(() -> {
            read.addAll(cache.getAll(KEYS).values());
            cache.putAll(values(PROBES, "there"));
            return cache.getAll(PROBES).size() == PROBES.size();
        });
        read.addAll(cache.getAll(KEYS).values());
        return read;
    }

    private static Map<Integer, String> values(Set<Integer> keys, String value) {
        return keys.stream().collect(Collectors.toMap(key -> key, key -> value));
    }

    private static Set<Integer> keys(int from) {
        return IntStream.range(from, from + 60).boxed().collect(Collectors.toSet());
    }
}
