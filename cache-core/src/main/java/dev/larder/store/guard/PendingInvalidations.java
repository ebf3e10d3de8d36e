package dev.larder.store.guard;

import dev.larder.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose entry in the store must be removed before anything that the store says of them may be believed, and the tags
 * whose entries must be invalidated before it is asked anything at all.
 *
 * <p>There is room for so many; if there are more, all entries count as such. A key that a call under way may still change
 * is kept in any case. Safe for use by many threads.
 */
final class PendingInvalidations<K> {

    private final int capacity;

    /** Only ever marked or forgotten within a step of this map on its key, so that no mark is forgotten unseen. */
    private final ConcurrentHashMap<K, Invalidation> keys = new ConcurrentHashMap<>();

    private final PendingTags tags = new PendingTags();

    /** That of all entries, or null; written under the lock of this object. */
    private volatile @Nullable Invalidation all;

    PendingInvalidations(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds a key.
     *
     * @param late completes when a call that was given up, and may change the key, has come to its end; null for none
     */
    void add(K key, @Nullable CompletionStage<?> late) {
        if (late == null && keys.size() >= capacity && !keys.containsKey(key)) {
            addAll(null);
            return;
        }
        keys.compute(key, (same, known) -> {
            Invalidation invalidation = known == null ? new Invalidation() : known;
            invalidation.mark(late);
            return invalidation;
        });
    }

    /** Adds tags. */
    void addTags(Set<String> names) {
        if (tags.size() + names.size() > capacity) {
            addAll(null);
        } else {
            tags.add(names);
        }
    }

    /** Adds all keys there are. */
    synchronized void addAll(@Nullable CompletionStage<?> late) {
        Invalidation invalidation = all == null ? new Invalidation() : all;
        invalidation.mark(late);
        all = invalidation;
    }

    boolean isEmpty() {
        return all == null && keys.isEmpty() && tags.isEmpty();
    }

    boolean contains(K key) {
        return concernsAll() || keys.containsKey(key);
    }

    /** Whether something is pending that concerns every key. */
    boolean concernsAll() {
        return all != null || !tags.isEmpty();
    }

    /** Returns how many keys and tags are pending, or -1 for all. */
    int size() {
        return all == null ? keys.size() + tags.size() : -1;
    }

    /** Returns the keys of which a removal can be tried now. */
    List<K> removable() {
        List<K> removable = new ArrayList<>();
        keys.forEach((key, invalidation) -> {
            if (!invalidation.isHeld()) {
                removable.add(key);
            }
        });
        return removable;
    }

    /**
     * Removes all entries if all are pending; until they are not, or it fails.
     *
     * @throws StoreException if it cannot be done now
     */
    void settleAll(Runnable clear) {
        for (Invalidation pending = all; pending != null; pending = all) {
            Invalidation invalidation = pending;
            invalidation.settle(() -> clearAndForgetKeys(clear), marks -> forgetAll(invalidation, marks));
        }
    }

    /** Clears, which settles what was pending before; what came meanwhile may have come after the clear. */
    private void clearAndForgetKeys(Runnable clear) {
        List<Runnable> settled = new ArrayList<>();
        settled.add(tags.forgetting());
        keys.forEach((key, invalidation) -> {
            int marks = invalidation.marks();
            if (!invalidation.isHeld()) {
                settled.add(() -> invalidation.settledWithAll(marks, before -> forget(key, invalidation, before)));
            }
        });
        clear.run();
        settled.forEach(Runnable::run);
    }

    /**
     * Invalidates the tags that are pending; until none is, or it fails.
     *
     * @throws StoreException if it cannot be done now
     */
    void settleTags(Consumer<Set<String>> invalidation) {
        tags.settle(invalidation);
    }

    private synchronized boolean forgetAll(Invalidation invalidation, int marks) {
        if (!invalidation.isSettledBy(marks)) {
            return false;
        }
        all = null;
        return true;
    }

    /**
     * Removes the entry of a key if that is pending; until it is not, or it fails.
     *
     * @throws StoreException if it cannot be done now
     */
    void settle(K key, Consumer<K> removal) {
        for (Invalidation pending = keys.get(key); pending != null; pending = keys.get(key)) {
            Invalidation invalidation = pending;
            invalidation.settle(() -> removal.accept(key), marks -> forget(key, invalidation, marks));
        }
    }

    /**
     * Removes the entries of those keys that are pending by one removal, but for those that another thread removes just now.
     *
     * @return the keys that cannot be removed now, and why
     */
    Map<K, StoreException> settle(Set<? extends K> several, Consumer<Set<K>> removal) {
        JointRemoval<K> joint = new JointRemoval<>(this::forget);
        try {
            for (K key : several) {
                Invalidation invalidation = keys.get(key);
                if (invalidation != null) {
                    joint.add(key, invalidation);
                }
            }
            return joint.make(removal);
        } finally {
            joint.end();
        }
    }

    private boolean forget(K key, Invalidation invalidation, int marks) {
        return keys.computeIfPresent(
                        key, (same, known) -> known == invalidation && known.isSettledBy(marks) ? null : known)
                != invalidation;
    }
}
