package dev.larder.store.guard;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose entry in the store must be removed before anything that the store says of them may be believed.
 *
 * <p>There is room for so many; if there are more, all entries count as such.
 */
final class PendingInvalidations<K> {

    private final int capacity;

    /** Each key with a mark of its own, so that a removal made for one mark does not take away a later one. */
    private final ConcurrentHashMap<K, Object> marks = new ConcurrentHashMap<>();

    /** The mark of all keys, or null. */
    private volatile @Nullable Object markOfAll;

    PendingInvalidations(int capacity) {
        this.capacity = capacity;
    }

    void add(K key) {
        marks.put(key, new Object());
        if (marks.size() > capacity) {
            addAll();
        }
    }

    void addAll() {
        Map<K, Object> before = Map.copyOf(marks);
        markOfAll = new Object();
        // not those made since: all may have been removed by now, and then a key been marked once more
        before.forEach(marks::remove);
    }

    boolean isEmpty() {
        return markOfAll == null && marks.isEmpty();
    }

    /** Returns how many keys are marked, or -1 for all. */
    int size() {
        return markOfAll == null ? marks.size() : -1;
    }

    Set<K> keys() {
        return Set.copyOf(marks.keySet());
    }

    /** Runs a removal of all entries if all are marked, and takes their mark away if it succeeds. */
    void settleAll(Runnable clear) {
        Object mark = markOfAll;
        if (mark == null) {
            return;
        }
        clear.run();
        synchronized (this) {
            if (markOfAll == mark) {
                markOfAll = null;
            }
        }
    }

    /** Runs the removal of a key's entry if it is marked, and takes its mark away if it succeeds. */
    void settle(K key, Consumer<K> removal) {
        Object mark = marks.get(key);
        if (mark != null) {
            removal.accept(key);
            marks.remove(key, mark);
        }
    }
}
