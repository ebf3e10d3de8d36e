package dev.larder.testkit.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PointedStoreTest {

    private final List<String> points = new ArrayList<>();
    private final Store<String, String> store = new PointedStore<>(
            HeapStore.unbounded().open(StoreContext.of("pointed", String.class, String.class)), points::add);

    /** It is as good a store as the one below it. */
    @Nested
    class Contract extends StoreContract {

        @Override
        protected StoreFactory factory() {
            return new StoreFactory() {
                @Override
                public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                    return new PointedStore<>(HeapStore.unbounded().open(context), point -> {});
                }
            };
        }

        @Override
        protected int rounds(int usual) {
            // what is tested is a few lines that pass calls on; the store behind them has a test of its own
            return Math.max(1, usual / 20);
        }
    }

    @Test
    void pointsStandBeforeAndAfterACall() {
        store.write("k", Change.put("v", Ttl.ETERNAL).ifAbsent());
        store.read("k");

        assertThat(points)
                .containsExactly(
                        "before write(PUT if ABSENT)", "after write(PUT if ABSENT)", "before read", "after read");
    }

    @Test
    void everyOperationOnEntriesHasItsPoints() {
        store.readLatest("k");
        store.readAndTouch("k", Ttl.ETERNAL);
        store.readAll(Set.of("k"), Ttl.UNCHANGED);
        store.writeAll(Map.of("k", Change.remove()));
        store.lease("k", null, Duration.ofSeconds(1));
        store.leaseAll(Set.of("l"), Duration.ofSeconds(1));
        store.scan().close();
        store.clear();
        store.close();

        assertThat(points)
                .filteredOn(point -> point.startsWith("after "))
                .containsExactly(
                        "after readLatest",
                        "after readAndTouch",
                        "after readAll",
                        "after writeAll",
                        "after lease",
                        "after leaseAll",
                        "after scan",
                        "after clear",
                        "after close");
    }

    @Test
    void noPointStandsAfterACallThatFails() {
        store.close();
        points.clear();

        assertThatIllegalStateException().isThrownBy(() -> store.read("k"));

        assertThat(points).containsExactly("before read");
    }
}
