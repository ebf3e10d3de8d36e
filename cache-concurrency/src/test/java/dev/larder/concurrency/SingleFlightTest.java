package dev.larder.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.cache.integration.CacheLoader;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * A source that is read through loads and changed before an invalidation looks to its users as if there were no cache: a
 * read that begins after a change has ended does not see what was there before.
 */
class SingleFlightTest {

    /** Reads by way of a loader, and changes of what it loads. */
    public abstract static class LoadOperations {

        private static final String CHANGER = "changer";
        private static final String KEYS = "1:2";

        private final Store<Integer, Integer> store = HeapStore.unbounded().open(StillTime.numbers());
        private final Source source = new Source();
        private final Loading<Integer, Integer> loading =
                new Loading<>("numbers", store, source, UnaryOperator.identity(), UnaryOperator.identity(), this::fill);
        private final boolean overtakes;

        LoadOperations(boolean overtakes) {
            this.overtakes = overtakes;
        }

        private void fill(Integer key, Loaded<Integer> loaded, Lease lease) {
            store.write(key, Change.put(loaded.value(), Ttl.ETERNAL).ifUnchanged(lease));
        }

        @Operation
        public Integer get(@Param(gen = IntGen.class, conf = KEYS) int key) {
            Entry<Integer> entry = store.read(key);
            return entry == null ? loading.load(key) : entry.value();
        }

        @Operation(nonParallelGroup = CHANGER)
        public void changeAndRemove(@Param(gen = IntGen.class, conf = KEYS) int key) {
            source.next(key);
            change(key, Change.remove());
        }

        @Operation(nonParallelGroup = CHANGER)
        public void changeAndPut(@Param(gen = IntGen.class, conf = KEYS) int key) {
            change(key, Change.put(source.next(key), Ttl.ETERNAL));
        }

        private void change(int key, Change<Integer> change) {
            store.write(key, change);
            if (overtakes) {
                loading.overtake(key);
            }
        }
    }

    /** Numbers that grow. */
    private static final class Source implements CacheLoader<Integer, Integer> {

        private final int[] numbers = new int[3];

        int next(int key) {
            return ++numbers[key];
        }

        @Override
        public Integer load(Integer key) {
            return numbers[key];
        }

        @Override
        public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
            Map<Integer, Integer> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }
    }

    /** Changes overtake the loads that are under way. */
    public static final class Overtaking extends LoadOperations {

        public Overtaking() {
            super(true);
        }
    }

    /** Who asks after a change may join a load that began before it. */
    public static final class Joining extends LoadOperations {

        public Joining() {
            super(false);
        }
    }

    @Test
    void loadsAreLinearizableUnderModelChecking() {
        Lincheck.modelCheck(Overtaking.class);
    }

    @Test
    void loadsThatAreNotOvertakenAreRejected() {
        assertThatThrownBy(() -> Lincheck.modelCheckBroken(Joining.class)).isInstanceOf(LincheckAssertionError.class);
    }
}
