package dev.larder.conformance.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.LarderCache;
import dev.larder.store.Store;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import dev.larder.testkit.interleave.PointedStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two JVMs write through to one database and share one store, in an order of their steps that a seed decides. However it
 * goes, and if one of them dies on the way, the store ends with what the database has, or with nothing.
 */
@Timeout(600)
@Tag("interleaving")
class SharedWriteThroughTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int SCHEDULES = STRESS ? 5_000 : 600;

    /** Fewer, as each waits for the lease of who died. */
    private static final int SCHEDULES_WITH_A_DEATH = STRESS ? SCHEDULES : SCHEDULES / 3;

    /** More than a lease of somebody who died stands. */
    private static final Duration LEASE_IS_OVER = Duration.ofSeconds(31);

    private static final List<Consumer<Cache<String, Integer>>> CHANGES = List.of(
            cache -> cache.put("k", 1),
            cache -> cache.getAndPut("k", 2),
            cache -> cache.putIfAbsent("k", 3),
            cache -> cache.replace("k", 4),
            cache -> cache.replace("k", 0, 5),
            cache -> cache.getAndReplace("k", 6),
            cache -> cache.remove("k"),
            cache -> cache.remove("k", 0),
            cache -> cache.getAndRemove("k"),
            cache -> cache.invoke("k", SharedWriteThroughTest::increment),
            cache -> cache.invoke("k", (entry, arguments) -> {
                entry.remove();
                return null;
            }),
            cache -> cache.putAll(Map.of("k", 7, "l", 7)),
            cache -> cache.removeAll(Set.of("k", "l")));

    private static Integer increment(MutableEntry<String, Integer> entry, Object... arguments) {
        Integer value = entry.getValue();
        entry.setValue(value == null ? 100 : value + 100);
        return value;
    }

    /** Puts a fleet together for one run. */
    private static final class Scene implements AutoCloseable {

        private final Interleaving run;
        private final Fleet fleet = new Fleet();
        private final Database database = new Database();
        private final boolean hasLeases;

        Scene(Interleaving run, boolean hasLeases) {
            this.run = run;
            this.hasLeases = hasLeases;
        }

        LarderCache<String, Integer> join() {
            Database.Client client = database.client(run::point);
            return fleet.join(
                    String.class,
                    Integer.class,
                    this::pointed,
                    settings -> settings.loader(client).writer(client));
        }

        private <K, V> Store<K, V> pointed(Store<K, V> store) {
            return new PointedStore<>(hasLeases ? store : new LeaselessStore<>(store), this::point);
        }

        /** Lets time pass for who asks for a lease again and again. */
        private void point(String name) {
            run.point(name);
            if (name.equals("before leaseToWrite")) {
                fleet.serverTime().advance(Duration.ofSeconds(1));
            }
        }

        /** Lets some member begin with the value in its cache, or all without. */
        void begin(LarderCache<String, Integer> cache) {
            database.rows().put("k", 0);
            if (run.choose(2) == 1) {
                cache.get("k");
            }
        }

        void actor(String name, LarderCache<String, Integer> cache) {
            run.actor(name, () -> CHANGES.get(run.choose(CHANGES.size())).accept(cache));
        }

        void assertThatAllAgree(LarderCache<String, Integer> cache) {
            for (Cache.Entry<String, Integer> entry : cache) {
                assertThat(entry.getValue())
                        .as("the entry of %s", entry.getKey())
                        .isEqualTo(database.rows().get(entry.getKey()));
            }
        }

        @Override
        public void close() {
            fleet.close();
        }
    }

    @Test
    void storeEndsWithWhatTheDatabaseHas() {
        Interleavings.ofSeeds(SCHEDULES).check(run -> changesOfTwo(run, true));
    }

    @Test
    void withoutLeasesTheyDiffer() {
        assertThatThrownBy(() -> Interleavings.ofSeeds(SCHEDULES).check(run -> changesOfTwo(run, false)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the entry of");
    }

    private void changesOfTwo(Interleaving run, boolean hasLeases) {
        try (Scene scene = new Scene(run, hasLeases)) {
            LarderCache<String, Integer> one = scene.join();
            LarderCache<String, Integer> other = scene.join();
            scene.begin(one);
            scene.actor("one", one);
            scene.actor("other", other);
            run.actor("reader", () -> other.get("k"));

            run.play();

            scene.assertThatAllAgree(one);
        }
    }

    @Test
    void storeEndsWithWhatTheDatabaseHasThoughAWriterDies() {
        Interleavings.ofSeeds(SCHEDULES_WITH_A_DEATH).check(run -> deathOfOne(run, true));
    }

    @Test
    void withoutLeasesADeathLeavesThemDifferent() {
        assertThatThrownBy(() -> Interleavings.ofSeeds(SCHEDULES).check(run -> deathOfOne(run, false)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the entry of");
    }

    private void deathOfOne(Interleaving run, boolean hasLeases) {
        try (Scene scene = new Scene(run, hasLeases)) {
            LarderCache<String, Integer> mortal = scene.join();
            LarderCache<String, Integer> other = scene.join();
            scene.begin(mortal);
            scene.actor("mortal", mortal);
            run.crash("mortal", 1 + run.choose(12));
            scene.actor("other", other);

            run.play();
            scene.fleet.serverTime().advance(LEASE_IS_OVER);

            scene.assertThatAllAgree(other);
        }
    }

    @Test
    void incrementsOfSeveralAreAllInTheDatabase() {
        Interleavings.ofSeeds(SCHEDULES / 2).check(run -> {
            try (Scene scene = new Scene(run, true)) {
                LarderCache<String, Integer> one = scene.join();
                LarderCache<String, Integer> other = scene.join();
                scene.begin(one);
                run.actor("one", () -> one.invoke("k", SharedWriteThroughTest::increment));
                run.actor("other", () -> other.invoke("k", SharedWriteThroughTest::increment));
                run.actor("reader", () -> other.get("k"));

                run.play();

                assertThat(scene.database.rows()).containsEntry("k", 200);
                scene.assertThatAllAgree(one);
            }
        });
    }
}
