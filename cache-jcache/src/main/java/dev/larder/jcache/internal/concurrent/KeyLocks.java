package dev.larder.jcache.internal.concurrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A lock for each key in use, so that a slow writer or processor of one key delays no other.
 *
 * <p>A lock stands in the table from the first thread that wants it until the last is done with it; each of them counts
 * as a user. Whoever needs several locks becomes a user of them all before he takes the first, and takes them by rank.
 * Ranks do not change while a lock has users, so that all take the same locks in the same order, and no circle forms.
 *
 * @param <K> the type of key
 */
public final class KeyLocks<K> {

    private final String cacheName;
    private final ConcurrentHashMap<K, KeyLock<K>> locks = new ConcurrentHashMap<>();
    private final AtomicLong lastRank = new AtomicLong();

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
        KeyLock<K> lock = use(key);
        try {
            acquire(lock);
        } catch (Throwable e) {
            leave(lock);
            throw e;
        }
        return () -> release(lock);
    }

    /** Locks several keys, none twice, in an order that excludes a deadlock with others who do the same. */
    public Held lockAll(Collection<? extends K> keys) {
        List<KeyLock<K>> used = new ArrayList<>(keys.size());
        int held = 0;
        try {
            for (K key : keys) {
                used.add(use(key));
            }
            used.sort(Comparator.comparingLong(lock -> lock.rank(lastRank)));
            for (KeyLock<K> lock : used) {
                acquire(lock);
                held++;
            }
        } catch (Throwable e) {
            used.subList(0, held).forEach(this::release);
            used.subList(held, used.size()).forEach(this::leave);
            throw e;
        }
        return () -> used.forEach(this::release);
    }

    /** Returns the lock of a key, which stays in the table at least until this thread leaves it. */
    private KeyLock<K> use(K key) {
        for (; ; ) {
            KeyLock<K> found = locks.get(key);
            if (found == null) {
                KeyLock<K> fresh = new KeyLock<>(key);
                found = locks.putIfAbsent(key, fresh);
                if (found == null) {
                    return fresh;
                }
            }
            if (found.addUser()) {
                return found;
            }
            // whoever was its last user is about to do this
            locks.remove(key, found);
        }
    }

    private void leave(KeyLock<K> lock) {
        if (lock.removeUser()) {
            locks.remove(lock.key, lock);
        }
    }

    private void release(KeyLock<K> lock) {
        lock.unlock();
        leave(lock);
    }

    private void acquire(KeyLock<K> lock) {
        requireNotHeldByThisThread(lock);
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

    private void requireNotHeldByThisThread(KeyLock<K> lock) {
        if (lock.isHeldByCurrentThread()) {
            throw new CacheException("cache \"" + cacheName + "\": a key was changed through the cache while an entry"
                    + " processor or writer of this thread works on that key; use the entry that it was given");
        }
    }

    /**
     * Checks that this thread does not hold the lock of a key.
     *
     * @throws CacheException if it does
     */
    public void requireNotHeldByThisThread(K key) {
        KeyLock<K> lock = locks.get(key);
        if (lock != null) {
            requireNotHeldByThisThread(lock);
        }
    }

    /** Whether this thread holds the lock of a key. */
    public boolean isHeldByThisThread(K key) {
        KeyLock<K> lock = locks.get(key);
        return lock != null && lock.isHeldByCurrentThread();
    }

    /** Returns how many keys are locked or waited for now. */
    public int size() {
        return locks.size();
    }

    /** One key's lock. */
    private static final class KeyLock<K> extends ReentrantLock implements WaitGraph.Owned {

        private static final long serialVersionUID = 1L;

        private static final long NONE = 0;

        @SuppressWarnings("serial") // nobody serialises these
        private final K key;

        /** How many threads have it or want it. Zero is final. */
        private final AtomicInteger users = new AtomicInteger(1);

        private final AtomicLong rank = new AtomicLong(NONE);

        KeyLock(K key) {
            this.key = key;
        }

        boolean addUser() {
            return users.getAndUpdate(number -> number == 0 ? 0 : number + 1) != 0;
        }

        /** Tells whether that was the last one. */
        boolean removeUser() {
            return users.decrementAndGet() == 0;
        }

        /** Returns the lock's place in the order, which it gets when somebody asks first. */
        long rank(AtomicLong lastRank) {
            if (rank.get() == NONE) {
                rank.compareAndSet(NONE, lastRank.incrementAndGet());
            }
            return rank.get();
        }

        @Override
        public @Nullable Thread owner() {
            return getOwner();
        }
    }
}
