package dev.larder.jcache.internal.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits for values that other JVMs load, so that each is loaded once by all of them together.
 *
 * <p>Nothing tells when such a load has ended; so the claim of the key is tried again, first after a millisecond, then less and less
 * often. After {@link #MOST_MILLIS} in all the value is loaded here as well, and only handed out: the other JVM may be slow, or may have
 * died. Its claim then stands for minutes, and so nobody here waits for that key once more until a claim of it has been answered
 * otherwise.
 *
 * @param <K> the type of key
 */
final class LoadsElsewhere<K> {

    /** Longer than most loads take, and no more than a caller bears once if the other JVM has died. */
    private static final long MOST_MILLIS = 2_000;

    private static final long LONGEST_PAUSE_MILLIS = 32;

    /** Of so many keys it is known that waiting is vain; then all are forgotten. */
    private static final int MOST_KEYS = 1_000;

    private final Set<K> vain = ConcurrentHashMap.newKeySet();

    /**
     * Claims the right to load a key, also if another JVM loads it now.
     *
     * @param claim tries it once; returns what says that it is {@link Right#isElsewhere elsewhere} if another has it
     * @return what the last try came to; that it is elsewhere if it was waited for in vain, or not at all, or the thread was interrupted
     */
    <V> Right<V> await(K key, Supplier<Right<V>> claim) {
        Right<V> right = claim.get();
        if (right.isElsewhere() && !vain.contains(key)) {
            right = await(right, claim);
            if (right.isElsewhere()) {
                note(key);
            }
        }
        if (!right.isElsewhere() && !vain.isEmpty()) {
            vain.remove(key);
        }
        return right;
    }

    private static <V> Right<V> await(Right<V> first, Supplier<Right<V>> claim) {
        Right<V> right = first;
        long pause = 1;
        for (long waited = 0;
                right.isElsewhere()
                        && waited < MOST_MILLIS
                        && !Thread.currentThread().isInterrupted();
                waited += pause) {
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            right = claim.get();
        }
        return right;
    }

    private void note(K key) {
        if (vain.size() >= MOST_KEYS) {
            vain.clear();
        }
        vain.add(key);
    }
}
