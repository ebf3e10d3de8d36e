package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import dev.larder.testkit.interleave.PointedStore;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fills with a lease against changes, in every order of their steps that a seed can make. */
@Timeout(600)
@Tag("interleaving")
class InterleavedLeaseTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 100_000 : 2_000;
    private static final int SCHEDULES_TO_FAIL_IN = 2_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String KEY = "k";

    /** One way to change a key. */
    private record Overtaker(String name, @Nullable String valueAfter, Step step) {}

    /** Does something to a store. */
    @FunctionalInterface
    private interface Step {
        void on(Store<String, String> store);
    }

    private static final List<Overtaker> OVERTAKERS = List.of(
            new Overtaker("put", "put", store -> store.write(KEY, Change.put("put", Ttl.ETERNAL))),
            new Overtaker("put with TTL", "put", store -> store.write(KEY, Change.put("put", Ttl.of(MINUTE)))),
            new Overtaker(
                    "get and put",
                    "put",
                    store -> store.write(KEY, Change.put("put", Ttl.ETERNAL).returningPrevious())),
            new Overtaker("remove", null, store -> store.write(KEY, Change.remove())),
            new Overtaker("clear", null, Store::clear));

    @Test
    void nothingLoadedBeforeAChangeIsThereAfterIt() {
        Interleavings.ofSeeds(SCHEDULES).check(run -> fillAgainstChange(run, UnaryOperator.identity()));
    }

    /** Otherwise the schedules could be such that no lease is ever needed. */
    @Test
    void storeThatIgnoresTheLeaseFails() {
        Interleavings schedules = Interleavings.ofSeeds(SCHEDULES_TO_FAIL_IN);

        assertThatThrownBy(() -> schedules.check(run -> fillAgainstChange(run, BrokenStores.IgnoresTheLease::new)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("old");
    }

    private static void fillAgainstChange(Interleaving run, UnaryOperator<Store<String, String>> spoiling) {
        Store<String, String> heap =
                HeapStore.unbounded().open(StoreContext.of("interleaved", String.class, String.class));
        Store<String, String> store = new PointedStore<>(spoiling.apply(heap), run::point);
        Overtaker overtaker = OVERTAKERS.get(run.choose(OVERTAKERS.size()));
        Source source = new Source();
        if (run.choose(2) == 1) {
            store.write(KEY, Change.put("first", Ttl.ETERNAL));
        }
        run.actor("filler", () -> source.fill(store, run));
        run.actor("other filler", () -> source.fill(store, run));
        run.actor("changer", () -> {
            source.value = "new";
            run.point("source changed");
            overtaker.step.on(store);
        });

        run.play();

        Entry<String> left = heap.read(KEY);
        assertThat(left == null ? null : left.value())
                .as("what is there after a %s", overtaker.name)
                .isIn(overtaker.valueAfter, "new");
    }

    /** Where values come from. */
    private static final class Source {

        private String value = "old";

        /** Loads the value of a key, whether there is one or not, and stores it if the lease still stands. */
        void fill(Store<String, String> store, Interleaving run) {
            LeaseResult<String> leased = store.lease(KEY, store.read(KEY), MINUTE);
            if (leased.isGranted()) {
                String loaded = value;
                run.point("loaded");
                store.write(KEY, Change.put(loaded, Ttl.ETERNAL).ifUnchanged(leased.requireLease()));
            }
        }
    }
}
