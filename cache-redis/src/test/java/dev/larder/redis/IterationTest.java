package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.internal.link.ForwardingLink;
import dev.larder.redis.internal.link.Link;
import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No walk meets a key twice, whatever servers tell of their keys. */
class IterationTest {

    private static final int BATCH = 1_000;
    private static final int BEFORE = 5_000;
    private static final int ADDED = 40_000;

    private final RedisServer server = RedisServer.start();
    private final RedisSettings settings = RedisSettings.of(URI.create(server.uri()));

    @AfterEach
    void close() {
        server.close();
    }

    /** Tells of all keys twice, as a cluster may of those that are being moved. */
    private static final class DoubledLink extends ForwardingLink {

        DoubledLink(Link link) {
            super(link);
        }

        @Override
        public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
            return Stream.of(super.primaries(), super.primaries())
                    .flatMap(List::stream)
                    .toList();
        }
    }

    @Test
    void keyThatIsToldTwiceIsMetOnce() {
        try (RewiredStores stores = RewiredStores.over(settings, DoubledLink::new);
                Store<Integer, String> store = open(stores)) {
            put(store, 0, 2 * BATCH);

            assertThat(walk(store, met -> {})).containsExactlyInAnyOrderElementsOf(numbers(0, 2 * BATCH));
        }
    }

    /** A server that gets eight times as many keys meanwhile moves those it has to a larger table. */
    @Test
    void keysThatAreThereAllTheTimeAreMetOnceThoughManyAreAdded() {
        try (RewiredStores stores = RewiredStores.over(settings, link -> link);
                Store<Integer, String> store = open(stores)) {
            put(store, 0, BEFORE);

            List<Integer> all = walk(store, met -> {
                if (met % 100 == 1 && met / 100 < ADDED / BATCH) {
                    put(store, BEFORE + met / 100 * BATCH, BATCH);
                }
            });

            assertThat("" + server.call("DBSIZE")).isGreaterThan("" + ADDED);
            assertThat(all).doesNotHaveDuplicates().containsAll(numbers(0, BEFORE));
        }
    }

    private static Store<Integer, String> open(RewiredStores stores) {
        return stores.stores()
                .open(StoreContext.of("walked", Integer.class, String.class).withStoreDeadline(Duration.ofSeconds(30)));
    }

    private static List<Integer> numbers(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    private static void put(Store<Integer, String> store, int first, int count) {
        for (int i = 0; i < count; i += BATCH) {
            Map<Integer, Change<String>> some = numbers(first + i, BATCH).stream()
                    .collect(Collectors.toMap(Function.identity(), key -> Change.put("value", Ttl.ETERNAL)));
            store.writeAll(some);
        }
    }

    /** What happens in a walk after so many keys. */
    private interface Meanwhile {
        void happen(int met);
    }

    private static List<Integer> walk(Store<Integer, String> store, Meanwhile meanwhile) {
        List<Integer> all = new ArrayList<>();
        try (Cursor<Integer, String> cursor = store.scan()) {
            while (cursor.advance()) {
                all.add(cursor.key());
                meanwhile.happen(all.size());
            }
        }
        return all;
    }
}
