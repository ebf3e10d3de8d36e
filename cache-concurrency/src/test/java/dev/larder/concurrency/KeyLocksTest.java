package dev.larder.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.concurrent.Holds;
import dev.larder.jcache.internal.concurrent.KeyLocks;
import dev.larder.jcache.internal.concurrent.Receiver;
import java.util.List;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Counters that are not safe by themselves are linearizable under the locks of their keys, and each count is delivered once and in order. */
class KeyLocksTest {

    /** A key in the same slot as all others; compared in a way that gives a model checker little to look into. */
    record Key(int number) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.number == number;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** A count of a key, to be delivered. */
    record Count(int key, int count) {}

    /** Expects the counts of each key in order. */
    static final class InOrder implements Receiver<Count> {

        private final int[] last = new int[3];

        @Override
        public boolean accept(Count message) {
            return true;
        }

        @Override
        public void deliver(Count message) {
            if (last[message.key()] != message.count() - 1) {
                throw new IllegalStateException(message + " after " + last[message.key()]);
            }
            last[message.key()] = message.count();
        }
    }

    /** Counts keys. */
    public abstract static class Counting {

        static final String KEYS = "1:2";

        final InOrder delivered = new InOrder();
        final KeyLocks<Key, Count> locks = new KeyLocks<>("numbers", delivered);
        final int[] counts = new int[3];

        @Operation
        public abstract int count(@Param(gen = IntGen.class, conf = KEYS) int key);

        @Operation
        public int read(@Param(gen = IntGen.class, conf = KEYS) int key) {
            try (Hold<Key, Count> hold = locks.lock(new Key(key))) {
                return counts[key];
            }
        }

        @Operation
        public int countBoth() {
            Key one = new Key(1);
            Key two = new Key(2);
            try (Holds<Key, Count> holds = locks.lockAll(List.of(one, two))) {
                holds.of(two).leave(new Count(2, ++counts[2]));
                holds.of(one).leave(new Count(1, ++counts[1]));
                return 100 * counts[2] + counts[1];
            }
        }

        /** Checks in the end that all is delivered, and no key is in use. */
        @Validate
        public void nothingIsLeft() {
            for (int key = 1; key < counts.length; key++) {
                if (delivered.last[key] != counts[key]) {
                    throw new IllegalStateException(delivered.last[key] + " of " + counts[key] + " were delivered");
                }
            }
            if (locks.size() != 0) {
                throw new IllegalStateException(locks.size() + " keys are in use");
            }
        }
    }

    /** Leaves each count with its key. */
    public static final class Leaving extends Counting {

        @Override
        @Operation
        public int count(@Param(gen = IntGen.class, conf = KEYS) int key) {
            int count;
            try (Hold<Key, Count> hold = locks.lock(new Key(key))) {
                count = ++counts[key];
                hold.leave(new Count(key, count));
            }
            if (delivered.last[key] < count) {
                throw new IllegalStateException(count + " is not delivered");
            }
            return count;
        }
    }

    /** Delivers each count when its key is free, whoever else does. */
    public static final class OutOfTurn extends Counting {

        @Override
        @Operation
        public int count(@Param(gen = IntGen.class, conf = KEYS) int key) {
            int count;
            try (Hold<Key, Count> hold = locks.lock(new Key(key))) {
                count = ++counts[key];
            }
            delivered.deliver(new Count(key, count));
            return count;
        }
    }

    @Test
    void countsUnderLocksAreLinearizableUnderModelChecking() {
        Lincheck.modelCheck(Leaving.class);
    }

    @Test
    void countsUnderLocksAreLinearizableUnderStress() {
        Lincheck.stress(Leaving.class);
    }

    @Test
    void countsThatAreDeliveredOutOfTurnAreRejected() {
        assertThatThrownBy(() -> Lincheck.modelCheckBroken(OutOfTurn.class)).isInstanceOf(LincheckAssertionError.class);
    }
}
