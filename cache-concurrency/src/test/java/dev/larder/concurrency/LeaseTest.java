package dev.larder.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.Change;
import dev.larder.store.Change.Action;
import dev.larder.store.Change.Condition;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.ForwardingStore;
import java.time.Duration;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * What was loaded before a change is never there after it. Leases are not linearizable beyond that: a change voids them as
 * soon as it has begun, when the entry can still be read.
 */
class LeaseTest {

    /** A source that changes, and a store that is told after each change. */
    public abstract static class LeaseOperations {

        private static final String CHANGER = "changer";
        private static final String KEYS = "1:2";
        private static final int NUMBER_OF_KEYS = 2;

        private final Store<Integer, Integer> store;
        private final int[] source = new int[1 + NUMBER_OF_KEYS];

        LeaseOperations(Store<Integer, Integer> store) {
            this.store = store;
        }

        @Operation
        public void fillIfAbsent(@Param(gen = IntGen.class, conf = KEYS) int key) {
            fill(key, store.lease(key, null, Duration.ofMinutes(1)));
        }

        @Operation
        public void reload(@Param(gen = IntGen.class, conf = KEYS) int key) {
            Entry<Integer> expected = store.read(key);
            fill(key, store.lease(key, expected, Duration.ofMinutes(1)));
        }

        private void fill(int key, LeaseResult<Integer> leased) {
            if (leased.isGranted()) {
                int loaded = source[key];
                store.write(key, Change.put(loaded, Ttl.ETERNAL).ifUnchanged(leased.requireLease()));
            }
        }

        @Operation
        public void leaseAndRelease(@Param(gen = IntGen.class, conf = KEYS) int key) {
            LeaseResult<Integer> leased = store.lease(key, null, Duration.ofMinutes(1));
            if (leased.isGranted()) {
                store.write(key, Change.<Integer>touch(Ttl.EXPIRED).ifUnchanged(leased.requireLease()));
            }
        }

        @Operation(nonParallelGroup = CHANGER)
        public void remove(@Param(gen = IntGen.class, conf = KEYS) int key) {
            source[key]++;
            store.write(key, Change.remove());
        }

        @Operation(nonParallelGroup = CHANGER)
        public void put(@Param(gen = IntGen.class, conf = KEYS) int key) {
            store.write(key, Change.put(++source[key], Ttl.ETERNAL));
        }

        @Operation(nonParallelGroup = CHANGER)
        public void clear() {
            for (int key = 1; key <= NUMBER_OF_KEYS; key++) {
                source[key]++;
            }
            store.clear();
        }

        /** Checks in the end that what is there is what the source has. */
        @Validate
        public void storeHasNothingOld() {
            for (int key = 1; key <= NUMBER_OF_KEYS; key++) {
                Entry<Integer> entry = store.read(key);
                if (entry != null && entry.value() != source[key]) {
                    throw new IllegalStateException(entry.value() + " is there, and the source has " + source[key]);
                }
            }
        }
    }

    /** A store of the heap. */
    public static final class OnHeap extends LeaseOperations {

        public OnHeap() {
            super(HeapStore.unbounded().open(StillTime.numbers()));
        }
    }

    /** A store that fills a key whoever comes with a lease. */
    public static final class WithoutLook extends LeaseOperations {

        public WithoutLook() {
            super(new StoreWithoutLook(HeapStore.unbounded().open(StillTime.numbers())));
        }
    }

    private static final class StoreWithoutLook extends ForwardingStore<Integer, Integer> {

        StoreWithoutLook(Store<Integer, Integer> store) {
            super(store);
        }

        @Override
        public Outcome<Integer> write(Integer key, Change<Integer> change) {
            boolean fills = change.action() == Action.PUT && change.condition() == Condition.LEASE;
            return super.write(key, fills ? Change.put(change.value(), Ttl.ETERNAL) : change);
        }
    }

    @Test
    void leaseKeepsWhatWasLoadedBeforeAChangeOutUnderModelChecking() {
        Lincheck.modelCheck(OnHeap.class);
    }

    @Test
    void leaseKeepsWhatWasLoadedBeforeAChangeOutUnderStress() {
        Lincheck.stress(OnHeap.class);
    }

    @Test
    void storeThatDoesNotLookAtTheLeaseIsRejected() {
        assertThatThrownBy(() -> Lincheck.modelCheckBroken(WithoutLook.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
