package dev.larder.jcache.internal.engine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.CacheException;

/** Lets who came too late wait a little before the next try, so that those who want the same key do not go on meeting. */
final class Backoff {

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LAST_DOUBLING = 6;

    /** So many that they take about a minute, which is longer than the lease of a JVM that died. */
    private static final int MOST = 6_000;

    private Backoff() {}

    /**
     * Waits a random time, the longer the more was tried in vain: 20 tries take a fifth of a second.
     *
     * @throws CacheException if the thread is interrupted, and stays so; or if it was tried for about a minute
     */
    static void pause(String cacheName, int attempt) {
        if (attempt >= MOST) {
            throw new CacheException("cache \"" + cacheName + "\": others have been changing the same key for a minute;"
                    + " nothing was changed");
        }
        long most = LONGEST_NANOS >> Math.max(0, LAST_DOUBLING - attempt);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most) + 1);
        if (Thread.currentThread().isInterrupted()) {
            throw new CacheException("cache \"" + cacheName + "\": interrupted while others changed the same key");
        }
    }
}
