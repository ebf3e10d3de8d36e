package dev.larder.store.guard;

import dev.larder.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The removal of many keys that are pending, by one call of the store. What other threads remove just now is not in it, and nobody waits for them: two such removals could wait for each
 * other. For one thread.
 */
final class JointRemoval<K> {

    private final Forget<K> forget;

    /** Those that only this thread removes, until {@link #end()}. */
    private final List<Invalidation> begun = new ArrayList<>();

    private final Map<K, Removal> removals = new LinkedHashMap<>();
    private final Map<K, StoreException> failures = new HashMap<>();

    private record Removal(Invalidation invalidation, int marksBefore) {}

    /** Forgets that a key is pending if it was marked no more than so often, and tells whether it did. */
    @FunctionalInterface
    interface Forget<K> {
        boolean forget(K key, Invalidation invalidation, int marks);
    }

    JointRemoval(Forget<K> forget) {
        this.forget = forget;
    }

    /** Adds a key, unless another thread removes it. */
    void add(K key, Invalidation invalidation) {
        if (!invalidation.tryBegin()) {
            return;
        }
        begun.add(invalidation);
        Removal removal = new Removal(invalidation, invalidation.marks()); // before the look at what holds it
        if (invalidation.isHeld()) {
            failures.put(key, Invalidation.held());
        } else {
            removals.put(key, removal);
        }
    }

    /** Removes what was added, and returns of which keys this failed, and why. */
    Map<K, StoreException> make(Consumer<Set<K>> removal) {
        if (removals.isEmpty()) {
            return failures;
        }
        try {
            removal.accept(removals.keySet());
            removals.forEach((key, made) -> made.invalidation()
                    .removed(made.marksBefore(), marks -> forget.forget(key, made.invalidation(), marks)));
        } catch (StoreException e) {
            removals.forEach(
                    (key, tried) -> failures.put(key, tried.invalidation().failed(e)));
        }
        return failures;
    }

    /** Lets others remove again. */
    void end() {
        begun.forEach(Invalidation::end);
    }
}
