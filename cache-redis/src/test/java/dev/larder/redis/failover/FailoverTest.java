package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.RewiredStores;
import dev.larder.redis.TlsCluster;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.internal.link.CrippledClient;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisSentinels;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.SecuredCluster;
import dev.larder.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kills a primary under load, and sees how soon calls succeed again after the servers themselves have promoted a replica. */
@Tag("outage")
class FailoverTest {

    private static final Duration QUIET = Duration.ofSeconds(3);

    @Test
    void clusterServesAgainSoonAfterItPromotedAReplica() throws InterruptedException {
        RedisCluster cluster = TlsCluster.cluster();
        RedisServer lost = cluster.primaryOf(0);
        try (RedisStores stores = RedisStores.connect(TlsCluster.settings());
                RewiredStores broken = RewiredStores.ofCluster(TlsCluster.settings(), CrippledClient::withoutRefresh)) {
            Runnable loss = () -> {
                cluster.promoteAfter(Outage.SILENCE);
                lost.kill();
            };
            assertServesAgain(stores.stores(), broken.stores(), lost, loss, () -> cluster.awaitNewPrimary(0, lost));
        } finally {
            lost.restart();
            cluster.awaitWhole();
            cluster.promoteAfter(SecuredCluster.SILENCE);
        }
    }

    @Test
    void primaryThatSentinelsPromotedIsFound() throws InterruptedException {
        try (RedisSentinels sentinels = RedisSentinels.start();
                RedisStores stores = RedisStores.connect(RedisSettings.ofSentinels(new SentinelSettings(
                        RedisSentinels.NAME,
                        sentinels.sentinelUris().stream().map(URI::create).toList(),
                        null)));
                RedisStores broken = RedisStores.connect(
                        RedisSettings.of(URI.create(sentinels.primary().uri())))) {
            sentinels.promoteAfter(SecuredCluster.SILENCE);
            RedisServer lost = sentinels.primary();
            Runnable loss = () -> {
                sentinels.promoteAfter(Outage.SILENCE);
                lost.kill();
            };
            assertServesAgain(stores.stores(), broken.stores(), lost, loss, () -> sentinels.awaitNewPrimary(lost));
        }
    }

    /** The tooth is in the same outage: a client that never asks again who serves what, or a link to the server that is lost. */
    private static void assertServesAgain(
            StoreFactory stores, StoreFactory broken, RedisServer lost, Runnable loss, Supplier<RedisServer> promotion)
            throws InterruptedException {
        StoreContext<String, String> context = StoreContext.of("failover", String.class, String.class);
        try (Store<String, String> store = stores.open(context);
                Store<String, String> lame = broken.open(context)) {
            Load load = Load.start(store);
            Load ofTheLame = Load.start(lame);
            pause(QUIET.dividedBy(3));
            loss.run();
            long killed = Clock.system().millis();
            assertThat(promotion.get()).isNotSameAs(lost);
            long promoted = Clock.system().millis();
            pause(Bounds.recovery().compareTo(QUIET) > 0 ? QUIET.plusSeconds(1) : QUIET);
            Awaitility.await()
                    .atMost(Bounds.recovery().plus(QUIET).plusSeconds(10))
                    .until(() -> load.isServedSince(QUIET.dividedBy(3)));
            List<Load.Call> calls = load.stop();
            assertThat(Load.lastFailureAfter(promoted, ofTheLame.stop()))
                    .as("milliseconds after the promotion, of the tooth")
                    .isGreaterThan(QUIET.toMillis() - 500);

            long recovery = Load.lastFailureAfter(promoted, calls);
            System.getLogger(FailoverTest.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "promoted after {0} ms; the last call that failed began {1} ms later; {2} of {3} failed; the longest took {4} ms",
                            promoted - killed,
                            recovery,
                            calls.stream().filter(Load.Call::failed).count(),
                            calls.size(),
                            calls.stream().mapToLong(Load.Call::took).max().orElse(0));
            assertThat(calls).anyMatch(Load.Call::failed);
            assertThat(recovery)
                    .as("milliseconds after the promotion")
                    .isLessThanOrEqualTo(Bounds.recovery().toMillis());
            assertThat(calls)
                    .filteredOn(call -> call.startMillis() > promoted + Math.max(recovery, 1))
                    .isNotEmpty();
            Load.assertInTime(calls, Bounds.operation());
        }
    }

    private static void pause(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }
}
