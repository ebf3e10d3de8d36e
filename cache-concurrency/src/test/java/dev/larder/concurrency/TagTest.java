package dev.larder.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.Change;
import dev.larder.store.Change.Action;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.ForwardingStore;
import java.time.Duration;
import java.util.Set;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** What was looked up before a tag was invalidated, and has the tag, is never there after it. */
class TagTest {

    /** A source that changes, and a store whose tags are invalidated after each change. */
    public abstract static class TagOperations {

        private static final String CHANGER = "changer";
        private static final String KEYS = "1:2";
        private static final int NUMBER_OF_KEYS = 2;

        private final Store<Integer, Integer> store;
        private final int[] source = new int[1 + NUMBER_OF_KEYS];

        TagOperations(Store<Integer, Integer> store) {
            this.store = store;
        }

        private static Tags tag(int key) {
            return Tags.of(Set.of("tag " + key));
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
                Change<Integer> put = Change.put(source[key], Ttl.ofMillis(500));
                store.write(key, put.withTags(tag(key)).ifUnchanged(leased.requireLease()));
            }
        }

        @Operation
        public void lookUpAndPut(@Param(gen = IntGen.class, conf = KEYS) int key) {
            long asOf = store.tagNumber();
            Change<Integer> put = Change.put(source[key], Ttl.ETERNAL, Ttl.UNCHANGED);
            store.write(key, put.withTags(tag(key).asOf(asOf)));
        }

        @Operation
        public void touch(@Param(gen = IntGen.class, conf = KEYS) int key) {
            store.readAndTouch(key, Ttl.ofMillis(1_000));
        }

        @Operation
        public void remove(@Param(gen = IntGen.class, conf = KEYS) int key) {
            store.write(key, Change.remove());
        }

        @Operation(nonParallelGroup = CHANGER)
        public void change(@Param(gen = IntGen.class, conf = KEYS) int key) {
            source[key]++;
            store.invalidateTags(tag(key).names());
            requireNothingOld(key);
        }

        private void requireNothingOld(int key) {
            Entry<Integer> entry = store.read(key);
            if (entry != null && entry.value() != source[key]) {
                throw new IllegalStateException(entry.value() + " is there, and the source has " + source[key]);
            }
        }

        /** Checks in the end that what is there is what the source has. */
        @Validate
        public void storeHasNothingOld() {
            for (int key = 1; key <= NUMBER_OF_KEYS; key++) {
                requireNothingOld(key);
            }
        }
    }

    /** A store of the heap. */
    public static final class OnHeap extends TagOperations {

        public OnHeap() {
            super(HeapStore.unbounded().open(StillTime.numbers()));
        }
    }

    /** A store that takes every value for as new as its write. */
    public static final class StampingWhenWritten extends TagOperations {

        public StampingWhenWritten() {
            super(new StampingStore(HeapStore.unbounded().open(StillTime.numbers())));
        }
    }

    private static final class StampingStore extends ForwardingStore<Integer, Integer> {

        StampingStore(Store<Integer, Integer> store) {
            super(store);
        }

        @Override
        public Outcome<Integer> write(Integer key, Change<Integer> change) {
            return super.write(
                    key,
                    change.action() == Action.PUT
                            ? change.withTags(change.tags().asOf(Tags.WHEN_WRITTEN))
                            : change);
        }
    }

    @Test
    void versionsKeepWhatWasLookedUpBeforeAnInvalidationOutUnderModelChecking() {
        Lincheck.modelCheck(OnHeap.class);
    }

    @Test
    void versionsKeepWhatWasLookedUpBeforeAnInvalidationOutUnderStress() {
        Lincheck.stress(OnHeap.class);
    }

    @Test
    void storeThatDoesNotAskAsOfWhenAValueIsIsRejected() {
        assertThatThrownBy(() -> Lincheck.modelCheckBroken(StampingWhenWritten.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
