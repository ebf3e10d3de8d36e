package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.RewiredStores;
import dev.larder.redis.internal.link.CrippledClient;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreFactory;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A primary of a cluster hangs, and does not die: its replica takes over, and soon all keys are served again, though the old one is still there. */
@Tag("outage")
class HungNodeTest {

    private static final int KEYS = 60;
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Without -Pstress less than lettuce's own 15 seconds, after which it asks who serves what anyhow. */
    private static final Duration RECOVERY =
            Boolean.getBoolean("larder.stress") ? Bounds.recovery() : Duration.ofSeconds(12);

    /** For how long after that who waits for a hint is watched. */
    private static final Duration WATCH = Boolean.getBoolean("larder.stress") ? RECOVERY : Duration.ofSeconds(3);

    /** The tooth is in the same outage: lettuce's own client, which nothing hints at a node that hangs. */
    @Test
    void replicaThatTookOverFromANodeThatHangsIsFound() {
        try (RedisCluster cluster = RedisCluster.start();
                RedisStores stores = RedisStores.connect(settings(cluster));
                RewiredStores waiting = RewiredStores.ofCluster(settings(cluster), CrippledClient::withHintsAlone)) {
            Store<Integer, String> store = open(stores.stores());
            Store<Integer, String> lame = open(waiting.stores());
            RedisServer hung = cluster.primaryOf(0);
            hung.pause();
            try {
                cluster.awaitNewPrimary(0, hung);
                long promoted = Clock.system().millis();
                long recovery = millisUntilServed(store) - promoted;
                System.getLogger(HungNodeTest.class.getName())
                        .log(System.Logger.Level.INFO, "all keys are served {0} ms after the promotion", recovery);
                assertThat(recovery).isLessThanOrEqualTo(RECOVERY.toMillis());
                long end = promoted + Math.min(recovery + WATCH.toMillis(), RECOVERY.toMillis());
                assertThat(isServedBefore(end, lame))
                        .as("by who waits for a hint")
                        .isFalse();
            } finally {
                hung.resume();
            }
        }
    }

    private static RedisSettings settings(RedisCluster cluster) {
        return RedisSettings.ofCluster(
                cluster.seedUris().stream().map(URI::create).toList());
    }

    private static Store<Integer, String> open(StoreFactory stores) {
        Store<Integer, String> store =
                stores.open(StoreContext.of("hung", Integer.class, String.class).withStoreDeadline(Bounds.DEADLINE));
        await().atMost(LONG).until(() -> served(store) == KEYS);
        return store;
    }

    private static long millisUntilServed(Store<Integer, String> store) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> served(store) == KEYS);
        return Clock.system().millis();
    }

    private static boolean isServedBefore(long endMillis, Store<Integer, String> store) {
        while (Clock.system().millis() < endMillis) {
            if (served(store) == KEYS) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many keys can be written, one after the other until one cannot. */
    private static int served(Store<Integer, String> store) {
        for (int key = 0; key < KEYS; key++) {
            try {
                store.write(key, Change.put("value", Ttl.ofMillis(60_000)));
            } catch (StoreException e) {
                return key;
            }
        }
        return KEYS;
    }
}
