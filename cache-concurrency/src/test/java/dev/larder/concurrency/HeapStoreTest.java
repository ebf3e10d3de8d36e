package dev.larder.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.Change;
import dev.larder.store.Change.Action;
import dev.larder.store.Change.Condition;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.ForwardingStore;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;

/** Operations of the heap store are linearizable. */
class HeapStoreTest {

    /** A store of the heap. */
    public static final class OnHeap extends StoreOperations {

        public OnHeap() {
            super(HeapStore.unbounded().open(StillTime.numbers().withLeases(false)));
        }
    }

    /** A store that looks whether a change applies, and then makes it. */
    public static final class LookThenChange extends StoreOperations {

        public LookThenChange() {
            super(new LookingStore(
                    HeapStore.unbounded().open(StillTime.numbers().withLeases(false))));
        }
    }

    private static final class LookingStore extends ForwardingStore<Integer, Integer> {

        LookingStore(Store<Integer, Integer> store) {
            super(store);
        }

        @Override
        public Outcome<Integer> write(Integer key, Change<Integer> change) {
            if (change.condition() == Condition.NONE || change.condition() == Condition.ENTRY) {
                return super.write(key, change);
            }
            Entry<Integer> found = read(key);
            Effect refusal = change.refusal(found);
            return refusal == null
                    ? super.write(key, unconditional(change).returningPrevious())
                    : Outcome.of(refusal, found, null);
        }

        private static Change<Integer> unconditional(Change<Integer> change) {
            return change.action() == Action.PUT
                    ? Change.put(change.value(), change.onCreate(), change.onUpdate())
                    : Change.remove();
        }
    }

    @Test
    void heapStoreIsLinearizableUnderStress() {
        Lincheck.stress(OnHeap.class);
    }

    @Test
    void heapStoreIsLinearizableUnderModelChecking() {
        Lincheck.modelCheck(OnHeap.class);
    }

    @Test
    void storeThatLooksAndThenChangesIsRejected() {
        assertThatThrownBy(() -> Lincheck.modelCheckBroken(LookThenChange.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
