package dev.larder.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.Ttl;
import dev.larder.store.guard.GuardedStore;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.ForwardingStore;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * After a put or removal that counts as done no older value is read, whatever the store behind the guard does. One thread
 * changes, so that it is known what is older.
 */
class GuardedStoreTest {

    /** How calls of the store end. */
    private enum Mood {
        /** They are answered. */
        WELL,
        /** They never reach the store. */
        DOWN,
        /** They are done, and the answer is lost. */
        ANSWER_LOST
    }

    /** Changes and reads of a store that fails now and then. */
    public abstract static class GuardOperations {

        /** Kept, because loggers are forgotten; off, because to write a line is to touch much shared memory. */
        private static final Logger LOGGER = Logger.getLogger(GuardedStore.class.getPackageName());

        private static final String CHANGER = "changer";
        private static final String KEYS = "1:2";

        private final MoodyStore moody;
        private final Store<Integer, Integer> guarded;

        /** Of each key the last number that was put or removed, and of those the last that counts as done. */
        private final int[] last = new int[3];

        private final int[] done = new int[3];
        private @Nullable String seen;

        static {
            LOGGER.setLevel(Level.OFF);
        }

        GuardOperations() {
            moody = new MoodyStore(HeapStore.unbounded().open(StillTime.numbers()));
            guarded = guard(moody);
        }

        abstract Store<Integer, Integer> guard(Store<Integer, Integer> store);

        @Operation
        public void recover() {
            moody.mood = Mood.WELL;
        }

        @Operation
        public void fail() {
            moody.mood = Mood.DOWN;
        }

        @Operation
        public void loseAnswers() {
            moody.mood = Mood.ANSWER_LOST;
        }

        @Operation(nonParallelGroup = CHANGER)
        public void put(@Param(gen = IntGen.class, conf = KEYS) int key) {
            int number = ++last[key];
            change(key, number, Change.put(number, Ttl.ETERNAL).orInvalidate());
        }

        @Operation(nonParallelGroup = CHANGER)
        public void remove(@Param(gen = IntGen.class, conf = KEYS) int key) {
            change(key, ++last[key], Change.<Integer>remove().orInvalidate());
        }

        private void change(int key, int number, Change<Integer> change) {
            guarded.write(key, change);
            done[key] = number;
        }

        @Operation
        public void read(@Param(gen = IntGen.class, conf = KEYS) int key) {
            int atLeast = done[key];
            Entry<Integer> entry = guarded.read(key);
            if (entry != null && entry.value() < atLeast) {
                seen = entry.value() + " was read after the change by number " + atLeast;
            }
        }

        /** Checks in the end that nothing old was read. */
        @Validate
        public void nothingOldWasRead() {
            if (seen != null) {
                throw new IllegalStateException(seen);
            }
        }
    }

    private static final class MoodyStore extends ForwardingStore<Integer, Integer> {

        private volatile Mood mood = Mood.WELL;

        MoodyStore(Store<Integer, Integer> store) {
            super(store);
        }

        @Override
        public @Nullable Entry<Integer> read(Integer key) {
            return this.<@Nullable Entry<Integer>>answer(() -> super.read(key));
        }

        @Override
        public Outcome<Integer> write(Integer key, Change<Integer> change) {
            return answer(() -> super.write(key, change));
        }

        private <R extends @Nullable Object> R answer(Supplier<R> call) {
            Mood now = mood;
            if (now == Mood.DOWN) {
                throw new StoreException("down", Applied.NO, null);
            }
            R answer = call.get();
            if (now == Mood.ANSWER_LOST) {
                throw new StoreException("timed out", Applied.UNKNOWN, null);
            }
            return answer;
        }
    }

    /** One key that is marked while all keys are, because clearing the store failed. */
    public static final class OneAndAll {

        private final Store<Integer, Integer> guarded = new GuardedStore<>(
                new ReluctantStore(HeapStore.unbounded().open(StillTime.numbers())),
                StillTime.numbers(),
                OnStoreFailure.DEGRADE);

        static {
            GuardOperations.LOGGER.setLevel(Level.OFF);
        }

        @Operation(runOnce = true)
        public void clear() {
            try {
                guarded.clear();
            } catch (StoreException e) {
                // it is remembered
            }
        }

        @Operation(nonParallelGroup = "changer")
        public boolean isThereAfterPutAndRemove() {
            guarded.write(1, Change.put(1, Ttl.ETERNAL));
            guarded.write(1, Change.<Integer>remove().orInvalidate());
            return guarded.read(1) != null;
        }
    }

    /** Fails a removal that can be made up for, and the first time it is cleared. */
    private static final class ReluctantStore extends ForwardingStore<Integer, Integer> {

        private boolean wasAsked;

        ReluctantStore(Store<Integer, Integer> store) {
            super(store);
        }

        @Override
        public Outcome<Integer> write(Integer key, Change<Integer> change) {
            if (change.action() == Change.Action.REMOVE && change.invalidatesOnFailure()) {
                throw new StoreException("not now", Applied.NO, null);
            }
            return super.write(key, change);
        }

        @Override
        public void clear() {
            if (!wasAsked) {
                wasAsked = true;
                throw new StoreException("not now", Applied.NO, null);
            }
            super.clear();
        }
    }

    /** The guard of cache-core. */
    public static final class Guarded extends GuardOperations {

        @Override
        Store<Integer, Integer> guard(Store<Integer, Integer> store) {
            return new GuardedStore<>(store, StillTime.numbers(), OnStoreFailure.DEGRADE);
        }
    }

    /** A guard that forgives and forgets. */
    public static final class Forgotten extends GuardOperations {

        @Override
        Store<Integer, Integer> guard(Store<Integer, Integer> store) {
            return new ForgetfulStore(store);
        }
    }

    private static final class ForgetfulStore extends ForwardingStore<Integer, Integer> {

        ForgetfulStore(Store<Integer, Integer> store) {
            super(store);
        }

        @Override
        public @Nullable Entry<Integer> read(Integer key) {
            try {
                return super.read(key);
            } catch (StoreException e) {
                return null;
            }
        }

        @Override
        public Outcome<Integer> write(Integer key, Change<Integer> change) {
            try {
                return super.write(key, change);
            } catch (StoreException e) {
                return Outcome.of(Effect.APPLIED);
            }
        }
    }

    @Test
    void nothingOldIsReadUnderModelChecking() {
        Lincheck.modelCheck(Guarded.class);
    }

    @Test
    void keyIsPendingThoughAllBecomeSoUnderModelChecking() {
        Lincheck.modelCheck(OneAndAll.class);
    }

    @Test
    void guardThatForgetsWhatFailedIsRejected() {
        assertThatThrownBy(() -> Lincheck.modelCheckBroken(Forgotten.class)).isInstanceOf(LincheckAssertionError.class);
    }
}
