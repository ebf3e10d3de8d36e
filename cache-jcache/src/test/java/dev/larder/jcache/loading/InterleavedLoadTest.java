package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.PointedStores;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.jcache.loading.OvertakenLoadTest.Overtaker;
import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import dev.larder.testkit.interleave.PointedStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loads against changes of the source and the cache, in an order of their steps that a seed decides. */
@Timeout(1_800)
@Tag("interleaving")
class InterleavedLoadTest {

    /** A store that is broken is found in far fewer. */
    private static final int SCHEDULES_TO_FAIL_IN = 2_000;

    /** Not the bounded way, which is a store of its own. */
    private static final List<Way> WAYS = List.copyOf(EnumSet.complementOf(EnumSet.of(Way.BOUNDED)));

    /** A put if absent is no invalidation: it leaves a value that was loaded before it. */
    private static final List<Overtaker> OVERTAKERS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(Overtaker.PUT_IF_ABSENT)));

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    private String source = "old";

    @Test
    void nothingLoadedBeforeAnInvalidationIsInTheCacheAfterIt() {
        Interleavings.ofSeeds(Stress.rounds(1_500, 50_000))
                .check(run -> loadAgainstChange(run, PointedStores::new, settings -> settings));
    }

    @Test
    void norIfTheLoadWaitsForItsTurnAndForOthers() {
        Interleavings.ofSeeds(Stress.rounds(250, 10_000))
                .check(run -> loadAgainstChange(
                        run,
                        PointedStores::new,
                        settings -> settings.maxLoads(1).coalesceLoads(Duration.ofMillis(1))));
    }

    /** Otherwise the schedules could be such that no lease is ever needed. */
    @Test
    void storeThatIgnoresTheLeaseFails() {
        Interleavings schedules = Interleavings.ofSeeds(SCHEDULES_TO_FAIL_IN);

        assertThatThrownBy(() -> schedules.check(
                        run -> loadAgainstChange(run, StoresThatIgnoreTheLease::new, settings -> settings)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("replay: ");
    }

    private void loadAgainstChange(
            Interleaving run,
            Function<Interleaving, StoreFactory> stores,
            UnaryOperator<CacheSettings.Builder<String, String>> more) {
        Way way = WAYS.get(run.choose(WAYS.size()));
        Overtaker overtaker = OVERTAKERS.get(run.choose(OVERTAKERS.size()));
        source = "old";
        Cache<String, String> cache = open(run, way, stores.apply(run), more);
        run.actor("reader", () -> assertThat(cache.get("k")).isIn("old", "new", overtaker.valueAfter()));
        run.actor(
                "bulk reader",
                () -> assertThat(cache.getAll(Set.of("k")).get("k")).isIn("old", "new", overtaker.valueAfter()));
        run.actor("changer", () -> {
            source = "new";
            run.point("source changed");
            overtaker.overtake(cache);
            assertThat(cache.get("k")).as("%s, %s", way, overtaker).isEqualTo(overtaker.valueAfter());
        });

        run.play();

        for (Cache.Entry<String, String> entry : cache) {
            assertThat(entry.getValue()).as("%s, %s", way, overtaker).isEqualTo(overtaker.valueAfter());
        }
        cache.close();
    }

    private Cache<String, String> open(
            Interleaving run, Way way, StoreFactory store, UnaryOperator<CacheSettings.Builder<String, String>> more) {
        TestLoader<String, String> loader = new TestLoader<>(key -> {
            run.point("before reading the source");
            String read = source;
            run.point("after reading the source");
            return key.equals("k") ? read : null;
        });
        return way.open(
                caches,
                more.apply(CacheSettings.builder(String.class, String.class)
                        .store(store)
                        .loader(loader)),
                "any");
    }

    /** Opens stores that come to the points of a run, and fill a key whoever comes with a lease. */
    private record StoresThatIgnoreTheLease(Interleaving run) implements StoreFactory {

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            Store<K, V> broken = new ForwardingStore<>(context) {
                @Override
                public Outcome<V> write(K key, Change<V> change) {
                    boolean fills =
                            change.action() == Change.Action.PUT && change.condition() == Change.Condition.LEASE;
                    return super.write(
                            key, fills ? Change.put(change.value(), change.onCreate(), change.onUpdate()) : change);
                }
            };
            return new PointedStore<>(broken, run::point);
        }
    }
}
