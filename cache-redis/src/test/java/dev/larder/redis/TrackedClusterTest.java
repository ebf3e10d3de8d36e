package dev.larder.redis;

import static org.awaitility.Awaitility.await;

import dev.larder.redis.internal.link.ForgetfulTracking;
import dev.larder.redis.internal.state.StateKeys;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster whose primaries tell of changes ({@code CLIENT TRACKING}): what one JVM changes for all entries, the other hears of at once. */
@Tag("outage")
class TrackedClusterTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final RedisSettings SETTINGS = TlsCluster.settings();
    private static final String STATES = StateKeys.prefixOf(SETTINGS.prefix());

    private final RedisCluster cluster = TlsCluster.cluster();
    private final StoreContext<String, String> context =
            PatientContext.of("tracked-" + UUID.randomUUID(), String.class, String.class);

    private RedisStores ours;
    private Store<String, String> here;
    private @Nullable RedisServer lost;

    @BeforeEach
    void connect() {
        ours = RedisStores.connect(SETTINGS);
        here = ours.stores().open(context);
    }

    @AfterEach
    void disconnect() {
        here.close();
        ours.close();
        if (lost != null) {
            lost.restart();
            cluster.awaitWhole();
        }
    }

    @Test
    void clearsAndInvalidationsAreHeardOfAtOnce() {
        try (RedisStores theirs = RedisStores.connect(SETTINGS);
                Store<String, String> there = open(theirs.stores())) {
            awaitTracking(2);

            Propagation.assertImmediate(here, there);
        }
    }

    @Test
    void theyAreAgainAfterConnectionsWereCut() {
        try (RedisStores theirs = RedisStores.connect(SETTINGS);
                Store<String, String> there = open(theirs.stores())) {
            awaitTracking(2);
            cut();
            awaitTracking(2);

            Propagation.assertImmediate(here, there);
        }
    }

    @Test
    void theyAreAgainAfterAReplicaWasPromoted() {
        try (RedisStores theirs = RedisStores.connect(SETTINGS);
                Store<String, String> there = open(theirs.stores())) {
            awaitTracking(2);
            promote();
            awaitTracking(2);

            Propagation.assertImmediate(here, there);
        }
    }

    /** The tooth of the first test, and so of all. */
    @Test
    void whoOrdersNobodyToTellHearsWhenItAsks() {
        try (RewiredStores theirs =
                        RewiredStores.trackedBy(SETTINGS, intact -> ForgetfulTracking.never(intact, STATES));
                Store<String, String> there = open(theirs.stores())) {
            awaitTracking(1);

            Propagation.assertAsked(here, there);
        }
    }

    /** The tooth of what is done when connections were lost. */
    @Test
    void whoDoesNotOrderItOnceMoreHearsWhenItAsksAfterConnectionsWereCut() {
        try (RewiredStores theirs =
                        RewiredStores.trackedBy(SETTINGS, intact -> ForgetfulTracking.once(intact, STATES));
                Store<String, String> there = open(theirs.stores())) {
            awaitTracking(2);
            Propagation.assertImmediate(here, there);
            cut();
            awaitTracking(1);

            Propagation.assertAsked(here, there);
        }
    }

    /** The tooth of what is done when a replica was promoted. */
    @Test
    void whoDoesNotOrderItOnceMoreHearsWhenItAsksAfterAReplicaWasPromoted() {
        try (RewiredStores theirs =
                        RewiredStores.trackedBy(SETTINGS, intact -> ForgetfulTracking.once(intact, STATES));
                Store<String, String> there = open(theirs.stores())) {
            awaitTracking(2);
            promote();
            awaitTracking(1);

            Propagation.assertAsked(here, there);
        }
    }

    private Store<String, String> open(StoreFactory stores) {
        return stores.open(context);
    }

    /** Lets a replica take the place of the primary that has the state of the cache. That one is killed, because replicas would tell as well. */
    private void promote() {
        lost = cluster.primaryOf(slotOfState());
        cluster.replicaOf(lost).call("CLUSTER", "FAILOVER", "TAKEOVER");
        cluster.awaitNewPrimary(slotOfState(), lost);
        lost.kill();
    }

    private int slotOfState() {
        return SlotHash.getSlot(StateKeys.of(
                SETTINGS.prefix(), context.codecs().open(context.name(), 0).space()));
    }

    private void cut() {
        cluster.nodes().forEach(TrackingConnections::cut);
    }

    /** Waits until the primary that has the state of the cache tells so many JVMs, and each other primary at least as many. */
    private void awaitTracking(int jvms) {
        await().atMost(SOON).until(() -> TrackingConnections.at(cluster.primaryOf(slotOfState())) == jvms);
        await().atMost(SOON)
                .until(() -> cluster.primaries().stream().allMatch(node -> TrackingConnections.at(node) >= jvms));
    }
}
