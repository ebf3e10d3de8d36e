package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A primary of a cluster hangs: the keys of the other nodes are served as ever, while those of the one that hangs wait for nothing. */
@Tag("outage")
class NeighboursOfAHungNodeTest {

    private static final int KEYS = 60;
    private static final Duration WHILE = Duration.ofSeconds(5);
    private static final Ttl TTL = Ttl.ofMillis(600_000);

    private final AtomicInteger failedThere = new AtomicInteger();

    /** That calls for the keys of the node that hangs fail in the same time is the tooth. */
    @Test
    void keysOfOtherNodesAreServedWithinTheirUsualTime() throws InterruptedException {
        try (RedisCluster cluster =
                        RedisCluster.start(RedisServer.builder().config("cluster-require-full-coverage no"));
                RedisStores stores = RedisStores.connect(RedisSettings.ofCluster(
                        cluster.seedUris().stream().map(URI::create).toList()));
                Store<Integer, String> store = stores.stores()
                        .open(StoreContext.of("neighbours", Integer.class, String.class)
                                .withStoreDeadline(Bounds.ofNeighbours()));
                Store<Integer, String> patient =
                        stores.stores().open(PatientContext.of("neighbours", Integer.class, String.class))) {
            RedisServer hung = withoutStates(cluster);
            List<Integer> there = new ArrayList<>();
            List<Integer> elsewhere = new ArrayList<>();
            for (int key = 0; key < KEYS; key++) {
                (isAt(hung, patient, key) ? there : elsewhere).add(key);
            }
            assertThat(there).isNotEmpty();
            assertThat(elsewhere).isNotEmpty();

            Thread others = new Thread(() -> useUntil(end(), store, there), "others");
            others.start();
            hung.pause();
            try {
                List<Long> nanos = timesUntil(end(), store, elsewhere);
                others.join();
                assertThat(failedThere)
                        .as("calls for keys of the node that hangs")
                        .hasPositiveValue();
                int few = nanos.size() * Bounds.fewNeighbours() / 100;
                assertThat(nanos.get(nanos.size() - 1 - few))
                        .as("all but %s of %s calls", few, nanos.size())
                        .isLessThanOrEqualTo(Bounds.ofNeighbours().toNanos() / 4);
                assertThat(nanos.get(nanos.size() - 1))
                        .as("the longest of %s calls", nanos.size())
                        .isLessThanOrEqualTo(Bounds.anyCall().toNanos());
            } finally {
                hung.resume();
            }
        }
    }

    /** Returns a primary that has none of what all JVMs must know of a cache. */
    private static RedisServer withoutStates(RedisCluster cluster) {
        return cluster.primaries().stream()
                .filter(primary -> ((List<?>) keys(primary, "larder:S*")).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static Object keys(RedisServer server, String pattern) {
        return server.call("KEYS", pattern);
    }

    private static boolean isAt(RedisServer server, Store<Integer, String> store, int key) {
        String before = "" + server.call("DBSIZE");
        store.write(key, Change.put("value", TTL));
        return !before.equals("" + server.call("DBSIZE"));
    }

    private static long end() {
        return Clock.system().millis() + WHILE.toMillis();
    }

    private void useUntil(long endMillis, Store<Integer, String> store, List<Integer> keys) {
        for (int i = 0; Clock.system().millis() < endMillis; i++) {
            try {
                store.write(keys.get(i % keys.size()), Change.put("value", TTL));
            } catch (StoreException e) {
                failedThere.incrementAndGet();
            }
        }
    }

    /** Returns how long calls take, the shortest first; one that fails takes its deadline. */
    private static List<Long> timesUntil(long endMillis, Store<Integer, String> store, List<Integer> keys) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; Clock.system().millis() < endMillis; i++) {
            int key = keys.get(i % keys.size());
            long start = Clock.system().nanos();
            try {
                store.write(key, Change.put("value", TTL));
                assertThat(store.read(key)).isNotNull();
            } catch (StoreException e) {
                assertThat(Bounds.fewNeighbours()).as(e.toString()).isPositive();
            }
            nanos.add(Clock.system().nanos() - start);
        }
        return nanos.stream().sorted().toList();
    }
}
