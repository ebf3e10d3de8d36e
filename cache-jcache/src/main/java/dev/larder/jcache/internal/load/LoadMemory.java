package dev.larder.jcache.internal.load;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;
import dev.larder.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM remembers of loads that brought no value: that the source has none, or that the loader failed.
 *
 * <p>It is asked about keys that were found absent, and nobody sees it in any other way. Each change of a key makes it forget
 * the key. What does not fit is forgotten too, so that who asks for ever other keys does not fill the memory of the JVM.
 *
 * @param <K> the type of key
 */
public final class LoadMemory<K> implements AutoCloseable {

    private static final int CAPACITY = 100_000;

    private final Clock clock;
    private final Times times;
    private final Store<K, Remembered> answers;

    /**
     * How long things are remembered, in milliseconds; zero for not at all.
     *
     * @param negative that there is no value
     * @param exception a failure, for those who miss the key
     * @param pause a failure, for those who would renew an entry
     */
    public record Times(long negative, long exception, long pause) {

        /** Whether there is nothing to remember. */
        public boolean areZero() {
            return negative == 0 && exception == 0 && pause == 0;
        }

        private Ttl of(Remembered remembered) {
            return Ttl.ofMillis(remembered.failure() == null ? negative : Math.max(exception, pause));
        }
    }

    /**
     * What a load came to.
     *
     * @param atMillis when, by the clock
     * @param failure what it failed with, or null if there is no value
     */
    private record Remembered(long atMillis, @Nullable Exception failure) {}

    /** Creates a memory of the keys of a cache, on the clock, timer and executor of its store. */
    public LoadMemory(StoreContext<K, ?> context, Times times) {
        this.clock = context.clock();
        this.times = times;
        this.answers = HeapStore.ofMaximumSize(CAPACITY)
                .open(StoreContext.of(context.name(), context.keyType(), Remembered.class)
                        .withTime(clock, context.timer())
                        .withExecutor(context.executor())
                        .withLeases(false));
    }

    /** A failure of the loader, so long ago that it is not to be asked again yet. */
    record PastFailure(Exception cause, long ageMillis) {}

    /** Whether the source had no value for a key, not long ago. */
    boolean isKnownAbsent(K key) {
        Remembered remembered = answers.readValue(key);
        return remembered != null && remembered.failure() == null;
    }

    /** Returns the failure that whoever misses a key is to get, or null if its load is to be tried. */
    @Nullable
    PastFailure failureOf(K key) {
        Remembered remembered = answers.readValue(key);
        Exception failure = remembered == null ? null : remembered.failure();
        if (remembered == null || failure == null) {
            return null;
        }
        long age = clock.millis() - remembered.atMillis();
        return age < times.exception() ? new PastFailure(failure, age) : null;
    }

    /** Whether a load failed so short a time ago that no entry is to be renewed yet. */
    boolean isPaused(K key) {
        Remembered remembered = answers.readValue(key);
        return remembered != null
                && remembered.failure() != null
                && clock.millis() - remembered.atMillis() < times.pause();
    }

    /** Remembers that there is no value. */
    void absent(K key) {
        remember(key, null);
    }

    /** Remembers a failure. */
    void failed(K key, Exception failure) {
        remember(key, failure);
    }

    private void remember(K key, @Nullable Exception failure) {
        Remembered remembered = new Remembered(clock.millis(), failure);
        answers.write(key, Change.put(remembered, times.of(remembered)));
    }

    /** Forgets what came of the loads of a key. */
    void forget(K key) {
        answers.write(key, Change.remove());
    }

    /** Forgets everything. */
    void forgetAll() {
        answers.clear();
    }

    @Override
    public void close() {
        answers.close();
    }
}
