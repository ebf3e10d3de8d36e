package dev.larder.concurrency;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;

/** What can be done to a store without leases. Each operation is one step, also for those who look at two keys. */
public abstract class StoreOperations {

    private static final String KEYS = "1:2";
    private static final String VALUES = "1:3";
    private static final Ttl FINITE = Ttl.ofMillis(500);
    private static final int MOST_THREADS = 8;

    private final Store<Integer, Integer> store;

    /** What each thread has read last, to be required unchanged later. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array knows no type arguments
    private final @Nullable Entry<Integer>[] lastRead = new Entry[MOST_THREADS];

    StoreOperations(Store<Integer, Integer> store) {
        this.store = store;
    }

    @Operation
    public @Nullable Integer read(@Param(gen = IntGen.class, conf = KEYS) int key) {
        return valueOf(store.read(key));
    }

    @Operation
    public @Nullable Integer readAndTouch(@Param(gen = IntGen.class, conf = KEYS) int key) {
        return valueOf(store.readAndTouch(key, Ttl.ofMillis(1_000)));
    }

    @Operation
    public String put(
            @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = IntGen.class, conf = VALUES) int value) {
        return write(key, Change.put(value, Ttl.ETERNAL));
    }

    @Operation
    public String putWithDeadline(
            @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = IntGen.class, conf = VALUES) int value) {
        return write(key, Change.put(value, FINITE));
    }

    @Operation
    public String putIfAbsent(
            @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = IntGen.class, conf = VALUES) int value) {
        return write(key, Change.put(value, FINITE).ifAbsent());
    }

    @Operation
    public String replace(
            @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = IntGen.class, conf = VALUES) int value) {
        return write(key, Change.put(value, Ttl.ETERNAL, Ttl.UNCHANGED).ifPresent());
    }

    @Operation
    public String replaceValue(
            @Param(gen = IntGen.class, conf = KEYS) int key,
            @Param(gen = IntGen.class, conf = VALUES) int expected,
            @Param(gen = IntGen.class, conf = VALUES) int value) {
        return write(key, Change.put(value, Ttl.ETERNAL).ifValue(expected).onMismatchTouch(FINITE));
    }

    @Operation
    public String remove(@Param(gen = IntGen.class, conf = KEYS) int key) {
        return write(key, Change.remove());
    }

    @Operation
    public String removeValue(
            @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = IntGen.class, conf = VALUES) int expected) {
        return write(key, Change.<Integer>remove().ifValue(expected));
    }

    @Operation
    public @Nullable Integer readForLater(
            @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = ThreadIdGen.class) int thread) {
        lastRead[thread] = store.read(key);
        return valueOf(lastRead[thread]);
    }

    @Operation
    public String replaceUnchanged(
            @Param(gen = IntGen.class, conf = KEYS) int key,
            @Param(gen = IntGen.class, conf = VALUES) int value,
            @Param(gen = ThreadIdGen.class) int thread) {
        Entry<Integer> expected = lastRead[thread];
        return expected == null
                ? "none read"
                : write(key, Change.put(value, Ttl.ETERNAL).ifUnchanged(expected));
    }

    @Operation
    public String removeUnchanged(
            @Param(gen = IntGen.class, conf = KEYS) int key, @Param(gen = ThreadIdGen.class) int thread) {
        Entry<Integer> expected = lastRead[thread];
        return expected == null
                ? "none read"
                : write(key, Change.<Integer>remove().ifUnchanged(expected));
    }

    @Operation
    public void clear() {
        store.clear();
    }

    private String write(int key, Change<Integer> change) {
        Outcome<Integer> outcome = store.write(key, change.returningPrevious());
        return outcome.effect() + " " + valueOf(outcome.previous());
    }

    private static @Nullable Integer valueOf(@Nullable Entry<Integer> entry) {
        return entry == null ? null : entry.value();
    }
}
