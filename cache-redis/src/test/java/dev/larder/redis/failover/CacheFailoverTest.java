package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.redis.RedisStores;
import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.ForwardingStore;
import dev.larder.time.Clock;
import java.io.Serial;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A primary is lost under the load of a cache that goes on without its store: nobody waits long, nobody sees an exception, and nobody reads what was
 * replaced.
 *
 * <p>The tooth is a cache in the same outage whose store removes nothing of what is pending: there it is read.
 */
@Tag("outage")
@Tag("race")
class CacheFailoverTest {

    private static final int ROUNDS = Boolean.getBoolean("larder.stress") ? 3 : 1;
    private static final int MOST_ROUNDS = 5;
    private static final Duration WARM = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Keys that are put before the loss, once more while there is no primary, and never again. */
    private static final Set<Integer> COLD =
            IntStream.range(1_000, 1_020).boxed().collect(Collectors.toSet());

    private static final long BEFORE = 1;
    private static final long WHILE = 2;

    @ParameterizedTest
    @EnumSource
    void primaryThatIsKilledTroublesNobody(Outage.Topology topology) {
        assertNobodyIsTroubled(
                "killed " + topology, topology, lost -> lost.lost().kill(), lost -> {}, Bounds.recovery());
    }

    /** It hangs until a replica has been promoted, and then takes itself for the primary until it hears of that. */
    @ParameterizedTest
    @EnumSource
    void primaryThatHangsAndComesBackTroublesNobody(Outage.Topology topology) {
        assertNobodyIsTroubled(
                "stopped " + topology,
                topology,
                lost -> lost.lost().pause(),
                lost -> lost.lost().resume(),
                Bounds.recoveryOfHung(topology));
    }

    /** The tooth needs puts that come before the promotion, which a machine that is busy may delay for so long: then once more. */
    private static void assertNobodyIsTroubled(
            String what,
            Outage.Topology topology,
            Consumer<Outage> loss,
            Consumer<Outage> afterwards,
            Duration recovery) {
        boolean bites = false;
        for (int round = 0; round < ROUNDS || (!bites && round < MOST_ROUNDS); round++) {
            try (Outage outage = topology.start();
                    RedisStores stores = RedisStores.connect(outage.settings())) {
                Run run = new Run(outage, List.of(stores.stores(), new Forgetful(stores.stores())));
                run.goThrough(loss, afterwards);
                run.report(what);
                run.load.assertNobodyIsTroubled();
                assertThat(run.coldRead.get(0)).doesNotContain(BEFORE);
                assertThat(run.recovery).as("recovery").isLessThanOrEqualTo(recovery);
                bites |= run.coldRead.get(1).contains(BEFORE);
            }
        }
        assertThat(bites).as("read without replay").isTrue();
    }

    /** Caches, the first of them under load, whose primary is lost. */
    private static final class Run {

        private final Outage outage;
        private final List<StoreFactory> stores;
        private final List<Set<Long>> coldRead = new ArrayList<>();
        private CacheLoad load;
        private Duration promotion = Duration.ZERO;
        private Duration recovery = Duration.ZERO;

        Run(Outage outage, List<StoreFactory> stores) {
            this.outage = outage;
            this.stores = stores;
        }

        void goThrough(Consumer<Outage> loss, Consumer<Outage> afterwards) {
            try (var provider = new LarderCachingProvider()) {
                CacheManager manager =
                        provider.getCacheManager(URI.create("failover"), CacheFailoverTest.class.getClassLoader());
                List<Cache<Integer, Long>> caches = new ArrayList<>();
                stores.forEach(each -> caches.add(open(manager, "failover " + caches.size(), each)));
                putCold(caches, BEFORE);
                outage.awaitReplication();
                load = CacheLoad.start(caches.get(0));
                try {
                    lose(caches, loss, afterwards);
                } finally {
                    load.stop();
                }
                caches.forEach(
                        cache -> coldRead.add(new HashSet<>(cache.getAll(COLD).values())));
            }
        }

        private static Cache<Integer, Long> open(CacheManager manager, String name, StoreFactory stores) {
            return manager.createCache(
                    name,
                    CacheSettings.builder(Integer.class, Long.class)
                            .store(stores)
                            .onStoreFailure(OnStoreFailure.DEGRADE)
                            .expireAfterWrite(Duration.ofMinutes(10))
                            .build());
        }

        private void lose(List<Cache<Integer, Long>> caches, Consumer<Outage> loss, Consumer<Outage> afterwards) {
            pause(WARM);
            outage.expectLoss();
            loss.accept(outage);
            long lost = Clock.system().millis();
            putCold(caches, WHILE);
            outage.awaitPromotion();
            long promoted = Clock.system().millis();
            afterwards.accept(outage);
            pause(QUIET);
            await().atMost(Duration.ofSeconds(90)).until(() -> outage.isSettled() && load.isUsefulSince(QUIET));
            promotion = Duration.ofMillis(promoted - lost);
            recovery = load.uselessAfter(promoted);
        }

        /** The broken one goes first: it has to have begun before a replica is promoted. */
        private static void putCold(List<Cache<Integer, Long>> caches, long number) {
            COLD.forEach(key -> {
                caches.get(1).put(key, number);
                caches.get(0).put(key, number);
            });
        }

        void report(String what) {
            System.getLogger(CacheFailoverTest.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "{0}: promoted after {1} ms, all was well {2} ms later; {3}",
                            what,
                            promotion.toMillis(),
                            recovery.toMillis(),
                            load);
        }
    }

    private static void pause(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    /** Opens broken stores: they remove nothing, and say that they have. */
    private record Forgetful(StoreFactory stores) implements StoreFactory {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new ForwardingStore<>(stores.open(context)) {
                @Override
                public Outcome<V> write(K key, Change<V> change) {
                    return change.action() == Change.Action.REMOVE
                            ? Outcome.of(Effect.ABSENT)
                            : super.write(key, change);
                }
            };
        }
    }
}
