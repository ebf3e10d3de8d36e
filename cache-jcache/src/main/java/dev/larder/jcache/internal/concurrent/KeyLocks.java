package dev.larder.jcache.internal.concurrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A lock for each key in use, so that a slow writer or processor of one key delays no other.
 *
 * <p>A lock stands in the table from the first thread that wants it until the last is done: whoever lets go with nobody
 * waiting retires it, and whoever gets a retired one starts again. Several keys are locked in the order of their hash
 * codes; keys with the same hash code have no order, so whoever needs two of those first takes the one lock for such
 * cases, and then no circle can form.
 *
 * @param <K> the type of key
 */
public final class KeyLocks<K> {

    private final String cacheName;
    private final ConcurrentHashMap<K, KeyLock> locks = new ConcurrentHashMap<>();
    private final KeyLock tieLock = new KeyLock();

    /** Creates the locks of a cache. */
    public KeyLocks(String cacheName) {
        this.cacheName = cacheName;
    }

    /** A lock that is held; closing it lets go. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Locks a key, waiting for it as long as needed.
     *
     * @throws CacheException if this thread holds the lock already, would wait for itself in a circle, or is interrupted
     */
    public Held lock(K key) {
        for (; ; ) {
            KeyLock lock = locks.get(key);
            if (lock == null) {
                KeyLock fresh = new KeyLock();
                fresh.lock();
                lock = locks.putIfAbsent(key, fresh);
                if (lock == null) {
                    return () -> release(key, fresh);
                }
            }
            acquire(lock);
            if (!lock.retired) {
                KeyLock held = lock;
                return () -> release(key, held);
            }
            lock.unlock();
        }
    }

    /** Locks several keys, in an order that excludes a deadlock with others who do the same. */
    public Held lockAll(Collection<? extends K> keys) {
        List<K> ordered = new ArrayList<>(keys);
        ordered.sort(Comparator.comparingInt(Object::hashCode));
        List<Held> held = new ArrayList<>(ordered.size() + 1);
        try {
            if (hasTies(ordered)) {
                acquire(tieLock);
                held.add(tieLock::unlock);
            }
            ordered.forEach(key -> held.add(lock(key)));
        } catch (RuntimeException e) {
            releaseAll(held);
            throw e;
        }
        return () -> releaseAll(held);
    }

    private static boolean hasTies(List<?> ordered) {
        for (int i = 1; i < ordered.size(); i++) {
            if (ordered.get(i - 1).hashCode() == ordered.get(i).hashCode()) {
                return true;
            }
        }
        return false;
    }

    private static void releaseAll(List<Held> held) {
        for (int i = held.size() - 1; i >= 0; i--) {
            held.get(i).close();
        }
    }

    private void release(K key, KeyLock lock) {
        if (!lock.hasQueuedThreads()) {
            // somebody may come just now; it finds the lock retired, and starts again
            lock.retired = true;
            locks.remove(key, lock);
        }
        lock.unlock();
    }

    private void acquire(KeyLock lock) {
        if (lock.isHeldByCurrentThread()) {
            throw new CacheException("cache \"" + cacheName + "\": a key was changed through the cache while an entry"
                    + " processor or writer of this thread works on that key; use the entry that it was given");
        }
        if (lock.tryLock()) {
            return;
        }
        if (!WaitGraph.enter(lock)) {
            throw new CacheException("cache \"" + cacheName + "\": deadlock avoided: this thread works on one key and"
                    + " wants a second, whose owner waits for the first; work on one key at a time");
        }
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheException(
                    "cache \"" + cacheName + "\": interrupted while waiting for another thread's work on a key", e);
        } finally {
            WaitGraph.leave();
        }
    }

    /** Returns how many keys are locked or waited for now. */
    public int size() {
        return locks.size();
    }

    /** One key's lock. */
    private static final class KeyLock extends ReentrantLock implements WaitGraph.Owned {

        private static final long serialVersionUID = 1L;

        /** Written and read under the lock itself. */
        private boolean retired;

        @Override
        public @Nullable Thread owner() {
            return getOwner();
        }
    }
}
