package dev.larder.jcache.internal.load;

import dev.larder.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits for values that other JVMs load, so that each is loaded once by all of them together.
 *
 * <p>Nothing tells when such a load has ended; so the claim of the key is tried again, first after two milliseconds, then less and less
 * often. After a while the value is loaded here as well, and only handed out: the other JVM may be slow, or may have died.
 *
 * <p>A key for which waiting was in vain is not waited for again for half a minute. That is one whose JVM has died, and also one that was
 * loaded elsewhere and not stored, as the source has no value for it, or fails: JVMs that waited for each other there would ask it one
 * after the other.
 *
 * @param <K> the type of key
 */
final class LoadsElsewhere<K> {

    /** Longer than most loads take, and no more than a caller bears if the other JVM has died. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LONGEST_PAUSE_MILLIS = 32;

    private static final long IN_VAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Of so many keys it is known that waiting is in vain; nobody waits while there are more. */
    private static final int MOST_KEYS = 1_000;

    private final Clock clock;
    private final long mostNanos;

    /** Until when a key is not waited for. */
    private final Map<K, Long> inVain = new ConcurrentHashMap<>();

    /**
     * Creates it.
     *
     * @param hardMillis how long callers wait for a load at all, or zero for ever: waiting takes no more than half of that
     */
    LoadsElsewhere(Clock clock, long hardMillis) {
        this.clock = clock;
        this.mostNanos =
                hardMillis == 0 ? MOST_NANOS : Math.min(MOST_NANOS, TimeUnit.MILLISECONDS.toNanos(hardMillis) / 2);
    }

    /**
     * Waits for the value of a key that another JVM loads.
     *
     * @param first what the first claim of the key came to
     * @param claim tries it once more
     * @return what the last try came to; that it is elsewhere if it was waited for in vain, or not at all, or the thread was interrupted
     */
    <V> Right<V> await(K key, Right<V> first, Supplier<Right<V>> claim) {
        if (!first.isElsewhere() || isInVain(key)) {
            return first;
        }
        Right<V> last = claimUntil(clock.nanos() + mostNanos, first, claim);
        if (last.answer() == null && !Thread.currentThread().isInterrupted()) {
            inVain.put(key, clock.nanos() + IN_VAIN_NANOS);
        }
        return last;
    }

    private <V> Right<V> claimUntil(long endNanos, Right<V> first, Supplier<Right<V>> claim) {
        Right<V> right = first;
        for (long pause = 2;
                right.isElsewhere()
                        && clock.nanos() - endNanos < 0
                        && !Thread.currentThread().isInterrupted();
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            right = claim.get();
        }
        return right;
    }

    private boolean isInVain(K key) {
        if (inVain.isEmpty()) {
            return false;
        }
        if (inVain.size() >= MOST_KEYS) {
            long now = clock.nanos();
            inVain.values().removeIf(until -> until - now <= 0);
            return inVain.size() >= MOST_KEYS || inVain.containsKey(key);
        }
        Long until = inVain.get(key);
        return until != null && (clock.nanos() - until < 0 || !inVain.remove(key, until));
    }
}
