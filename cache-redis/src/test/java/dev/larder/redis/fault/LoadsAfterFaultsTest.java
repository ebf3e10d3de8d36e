package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loads during an outage of the store keep no permit for themselves: afterwards as many run at a time as may. */
@Tag("outage")
class LoadsAfterFaultsTest {

    private static final int LOADS = 16;
    private static final Duration LONG = Duration.ofSeconds(40);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private final RedisStores stores =
            RedisStores.connect(RedisSettings.of(URI.create("redis://" + proxy.host() + ":" + proxy.port())));
    private final LarderCachingProvider provider = new LarderCachingProvider();
    private final ExecutorService callers = Executors.newFixedThreadPool(2 * LOADS);

    /** Where loads wait for each other; null if they do not. */
    private volatile @Nullable CyclicBarrier together;

    private volatile Duration patience = LONG;

    @AfterEach
    void close() {
        callers.shutdownNow();
        provider.close();
        stores.close();
        proxy.close();
        server.close();
    }

    @Test
    void asManyLoadsAsMayRunAtATimeAfterFaults() {
        Cache<Integer, String> cache = open(LOADS);
        for (int round = 0; round < 3; round++) {
            endure(cache, round * 1_000);
        }

        together = new CyclicBarrier(LOADS);
        assertThat(loaded(getMany(cache, 10_000, LOADS))).isEqualTo(LOADS);
    }

    /** The tooth: where one permit is missing they do not meet. */
    @Test
    void withAPermitLessTheyDoNot() {
        Cache<Integer, String> cache = open(LOADS - 1);

        patience = Duration.ofSeconds(1);
        together = new CyclicBarrier(LOADS);
        assertThat(loaded(getMany(cache, 10_000, LOADS))).isLessThan(LOADS);
    }

    private void endure(Cache<Integer, String> cache, int first) {
        proxy.blackHole();
        List<CompletableFuture<String>> cut = getMany(cache, first, 2 * LOADS);
        assertThat(loaded(cut)).as("loads without a store").isEqualTo(2 * LOADS);
        proxy.pass();
        await().atMost(LONG).until(() -> {
            cache.put(-1, "there");
            return cache.containsKey(-1);
        });
    }

    private List<CompletableFuture<String>> getMany(Cache<Integer, String> cache, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(key -> CompletableFuture.supplyAsync(() -> cache.get(key), callers))
                .toList();
    }

    private static long loaded(List<CompletableFuture<String>> calls) {
        return calls.stream()
                .map(call -> call.<@Nullable String>handle((value, failure) -> value))
                .filter(call -> "loaded".equals(call.join()))
                .count();
    }

    private Cache<Integer, String> open(int maxLoads) {
        return provider.getCacheManager(URI.create("loads"), getClass().getClassLoader())
                .createCache(
                        "loads",
                        CacheSettings.builder(Integer.class, String.class)
                                .store(stores.stores())
                                .onStoreFailure(OnStoreFailure.DEGRADE)
                                .loader(new Meeting())
                                .maxLoads(maxLoads)
                                .expireAfterWrite(Duration.ofMinutes(10))
                                .build());
    }

    /** Waits until as many loads run as are to meet. */
    private final class Meeting implements CacheLoader<Integer, String> {

        @Override
        public String load(Integer key) {
            CyclicBarrier barrier = together;
            try {
                if (barrier != null) {
                    barrier.await(patience.toMillis(), TimeUnit.MILLISECONDS);
                }
                return "loaded";
            } catch (Exception e) {
                throw new IllegalStateException("not all came", e);
            }
        }

        @Override
        public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
            throw new UnsupportedOperationException();
        }
    }
}
