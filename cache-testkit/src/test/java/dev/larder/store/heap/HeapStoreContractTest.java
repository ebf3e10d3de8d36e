package dev.larder.store.heap;

import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.StoreContract;
import org.junit.jupiter.api.Nested;

/** The contract for each kind of heap store; the bounds are too large to evict anything. */
class HeapStoreContractTest {

    private static final int FEWER = Boolean.getBoolean("larder.stress") ? 1 : 5;

    /** Returns the rounds of a kind that differs from another one in what its context says; the other one has all of them. */
    private static int fewer(int rounds) {
        return Math.max(1, rounds / FEWER);
    }

    @Nested
    class Unbounded extends StoreContract {
        @Override
        protected StoreFactory factory() {
            return HeapStore.unbounded();
        }
    }

    @Nested
    class UnboundedWithDeadlines extends Unbounded {
        @Override
        protected <V> StoreContext<String, V> context(StoreContext<String, V> usual) {
            return usual.withNeedsDeadline(true);
        }

        @Override
        protected int rounds(int usual) {
            return fewer(super.rounds(usual));
        }
    }

    @Nested
    class UnboundedWithoutLeases extends Unbounded {
        @Override
        protected <V> StoreContext<String, V> context(StoreContext<String, V> usual) {
            return usual.withLeases(false);
        }

        @Override
        protected int rounds(int usual) {
            return fewer(super.rounds(usual));
        }
    }

    @Nested
    class BoundedBySize extends StoreContract {
        @Override
        protected StoreFactory factory() {
            return HeapStore.ofMaximumSize(1_000_000);
        }
    }

    @Nested
    class BoundedBySizeWithDeadlines extends BoundedBySize {
        @Override
        protected <V> StoreContext<String, V> context(StoreContext<String, V> usual) {
            return usual.withNeedsDeadline(true);
        }

        @Override
        protected int rounds(int usual) {
            return fewer(super.rounds(usual));
        }
    }

    @Nested
    class BoundedByWeight extends StoreContract {
        @Override
        protected StoreFactory factory() {
            return HeapStore.ofMaximumWeight(1_000_000, (key, value) -> 1);
        }
    }

    @Nested
    class BoundedByWeightWithDeadlines extends BoundedByWeight {
        @Override
        protected <V> StoreContext<String, V> context(StoreContext<String, V> usual) {
            return usual.withNeedsDeadline(true);
        }

        @Override
        protected int rounds(int usual) {
            return fewer(super.rounds(usual));
        }
    }
}
