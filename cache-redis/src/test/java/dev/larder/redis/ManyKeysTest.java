package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More is asked for at once than may wait for answers on a connection. Any failure of the store is thrown, so there is none. */
class ManyKeysTest {

    private static final int QUEUE = 50;
    private static final int KEYS = 4 * QUEUE;

    private final RedisServer server = RedisServer.start();
    private final LarderCachingProvider provider = new LarderCachingProvider();
    private RedisStores stores;

    @BeforeEach
    void connect() {
        Draft draft = Draft.of(RedisSettings.of(URI.create(server.uri())));
        draft.queue = QUEUE;
        stores = RedisStores.connect(draft.settings());
    }

    @AfterEach
    void disconnect() {
        provider.close();
        stores.close();
        server.close();
    }

    private Cache<Integer, String> cache(UnaryOperator<CacheSettings.Builder<Integer, String>> more) {
        return provider.getCacheManager()
                .createCache(
                        "many",
                        more.apply(CacheSettings.builder(Integer.class, String.class)
                                        .store(stores.stores())
                                        .onStoreFailure(OnStoreFailure.FAIL)
                                        .storeDeadline(PatientContext.DEADLINE))
                                .build());
    }

    private static Map<Integer, String> entries(int first) {
        return keys(first).stream().collect(Collectors.toMap(Function.identity(), key -> "value of " + key));
    }

    private static Set<Integer> keys(int first) {
        return IntStream.range(first, first + KEYS).boxed().collect(Collectors.toSet());
    }

    @Test
    void allArePutReadAndRemoved() {
        Cache<Integer, String> cache = cache(settings -> settings);

        cache.putAll(entries(0));
        assertThat(cache.getAll(keys(0))).isEqualTo(entries(0));
        assertThat(cache).hasSize(KEYS);

        cache.removeAll();
        assertThat(cache).isEmpty();
    }

    @Test
    void soAreThoseWhoseDeadlineMovesWithEachAccess() {
        Cache<Integer, String> cache = cache(settings -> settings.expireAfterTouch(Duration.ofHours(1)));

        cache.putAll(entries(0));
        assertThat(cache.getAll(keys(0))).isEqualTo(entries(0));

        cache.removeAll(keys(0));
        assertThat(cache.getAll(keys(0))).isEmpty();
    }

    @Test
    void severalThreadsLeaveRoomForEachOther() {
        Cache<Integer, String> cache = cache(settings -> settings);

        Stream.of(
                        CompletableFuture.runAsync(() -> cache.putAll(entries(0))),
                        CompletableFuture.runAsync(() -> cache.putAll(entries(KEYS))))
                .forEach(CompletableFuture::join);

        assertThat(cache).hasSize(2 * KEYS);
    }

    @Test
    void allAreLeased() {
        try (Store<Integer, String> store = stores.stores()
                .open(PatientContext.of("leased", Integer.class, String.class).withLeases(true))) {
            assertThat(store.leaseAll(keys(0), Duration.ofMinutes(1)))
                    .hasSize(KEYS)
                    .allSatisfy((key, lease) -> assertThat(lease.isGranted()).isTrue());
        }
    }

    @Test
    void allAreToldWhatTheyReplaced() {
        Change<String> put = Change.put("value", Ttl.ETERNAL, Ttl.UNCHANGED).returningPrevious();
        try (Store<Integer, String> store =
                stores.stores().open(PatientContext.of("told", Integer.class, String.class))) {
            Map<Integer, Change<String>> changes =
                    keys(0).stream().collect(Collectors.toMap(Function.identity(), key -> put));
            store.writeAll(changes);

            assertThat(store.writeAll(changes))
                    .hasSize(KEYS)
                    .allSatisfy((key, outcome) -> assertThat(outcome.previous()).isNotNull());
        }
    }
}
