package dev.larder.store.heap;

import dev.larder.store.StoreListener;
import dev.larder.store.Ttl;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a heap store between two clears, and the single steps that change them.
 *
 * <p>Each step is atomic; to decide which one to take is the store's business.
 */
final class EntryMap<K, V> {

    private final ConcurrentMap<K, Object> map;
    private final ExpirySweeper sweeper;
    private final Supplier<@Nullable StoreListener<K, V>> listener;

    /** Whether anything but plain values may be held. Set before the first such thing is, so that who finds it knows. */
    private volatile boolean wraps;

    EntryMap(ConcurrentMap<K, Object> map, ExpirySweeper sweeper, Supplier<@Nullable StoreListener<K, V>> listener) {
        this.map = map;
        this.sweeper = sweeper;
        this.listener = listener;
    }

    /** Returns what is there, dead or alive. */
    @Nullable
    HeapEntry<V> find(K key) {
        return Held.entryOrNull(map.get(key));
    }

    /** Returns what is there in the form in which it is {@link Held}. */
    @Nullable
    Object findHeld(K key) {
        return map.get(key);
    }

    /** Whether what was found may be anything but a plain value. To be asked after it was found. */
    boolean wraps() {
        return wraps;
    }

    /** Returns the form in which an entry is to be held from now on. */
    private Object hold(HeapEntry<V> entry) {
        Object held = Held.of(entry);
        if (!wraps && Held.isWrapped(held)) {
            wraps = true;
        }
        return held;
    }

    /** Puts a value that never expires, and returns the form in which what was there was held, dead or alive. */
    @Nullable
    Object putEternal(K key, V value) {
        return map.put(key, value);
    }

    /** Puts an entry, and returns the form in which what was there was held, dead or alive. */
    @Nullable
    Object put(K key, HeapEntry<V> next, long now) {
        long deadline = next.deadlineMillis();
        Object found = map.put(key, hold(next));
        sweeper.expect(deadline, now);
        return found;
    }

    /** Replaces what was found by what shall be, null standing for nothing; tells whether it was still there. */
    boolean swap(K key, @Nullable HeapEntry<V> found, @Nullable HeapEntry<V> next, long now) {
        if (next == null) {
            return found == null || map.remove(key, Held.exactly(Held.of(found)));
        }
        long deadline = next.deadlineMillis();
        boolean swapped = found == null ? map.putIfAbsent(key, hold(next)) == null : replace(key, found, next);
        if (swapped) {
            sweeper.expect(deadline, now);
        }
        return swapped;
    }

    private boolean replace(K key, HeapEntry<V> found, HeapEntry<V> next) {
        return map.replace(key, Held.exactly(Held.of(found)), hold(next));
    }

    /** Applies a function to what is there, while nobody else changes the key. */
    void compute(K key, BiFunction<K, @Nullable HeapEntry<V>, @Nullable HeapEntry<V>> step, long now) {
        Object next = map.compute(key, (k, held) -> {
            HeapEntry<V> after = step.apply(k, Held.entryOrNull(held));
            return after == null ? null : hold(after);
        });
        if (next != null) {
            sweeper.expect(Held.entry(next).deadlineMillis(), now);
        }
    }

    /** Returns once a step that may be changing the key has been done. */
    void awaitStep(K key) {
        map.compute(key, (k, found) -> found);
    }

    /** Moves the deadline of a live entry; tells whether it was still there. */
    boolean touch(K key, HeapEntry<V> live, Ttl ttl, long now) {
        if (ttl.isUnchanged()) {
            return true;
        }
        if (ttl.isExpired()) {
            return map.remove(key, Held.exactly(Held.of(live)));
        }
        long deadline = ttl.deadline(now);
        boolean moved =
                live.moveDeadline(deadline) || (!live.isBuried() && replace(key, live, live.withDeadline(deadline)));
        if (moved) {
            sweeper.expect(deadline, now);
        }
        return moved;
    }

    /**
     * Drops an entry whose time has come and, unless it was invalidated, tells the listener within the step; tells whether it was
     * still there.
     */
    boolean expire(K key, HeapEntry<V> dead) {
        AtomicBoolean dropped = new AtomicBoolean();
        Object heldDead = Held.of(dead);
        map.computeIfPresent(key, (k, found) -> {
            if (found != heldDead) {
                return found;
            }
            dropped.set(true);
            tellExpired(k, dead);
            return null;
        });
        return dropped.get();
    }

    private void tellExpired(K key, HeapEntry<V> dead) {
        StoreListener<K, V> told = listener.get();
        if (told != null && !dead.isInvalidated()) {
            told.expired(key, dead);
        }
    }

    /** Drops what is dead, and returns the earliest deadline left, or {@link Long#MAX_VALUE}. */
    long sweep(long now) {
        long earliest = Long.MAX_VALUE;
        for (Map.Entry<K, Object> each : map.entrySet()) {
            HeapEntry<V> entry = Held.entry(each.getValue());
            if (entry.bury(now)) {
                expire(each.getKey(), entry);
            } else {
                earliest = Math.min(earliest, entry.deadlineMillis());
            }
        }
        return earliest;
    }

    Iterator<Map.Entry<K, Object>> iterator() {
        return map.entrySet().iterator();
    }

    int size() {
        return map.size();
    }
}
