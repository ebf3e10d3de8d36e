package dev.larder.patterns.invalidate;

import java.util.Objects;
import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Invalidates with the transaction of Spring in which the caller is, as {@link Invalidations} do; at once, if it is in none. Needs {@code org.springframework:spring-tx}, which this module does
 * not bring along.
 *
 * <pre>{@code
 * @Transactional
 * void rename(String icao, String name) {
 *     invalidations.changed(icao);
 *     jdbc.update("update airport set name = ? where icao = ?", name, icao);
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. For transactions that are bound to a thread, not for reactive ones.
 *
 * @param <K> the type of key
 */
public final class SpringInvalidations<K> {

    private final Invalidator<K> invalidator;

    private SpringInvalidations(Invalidator<K> invalidator) {
        this.invalidator = invalidator;
    }

    /** Returns invalidations of this kind. */
    public static <K> SpringInvalidations<K> of(Invalidator<K> invalidator) {
        return new SpringInvalidations<>(Objects.requireNonNull(invalidator, "invalidator"));
    }

    /** Notes that the row of a key is changed. */
    public void changed(K key) {
        changed(Set.of(key));
    }

    /** Notes that the rows of keys are changed. */
    public void changed(Set<? extends K> keys) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            ofTransaction().changed(keys);
        } else {
            invalidator.invalidate(keys);
        }
    }

    @SuppressWarnings("unchecked") // bound here under this very object
    private Invalidations<K> ofTransaction() {
        Invalidations<K> bound = (Invalidations<K>) TransactionSynchronizationManager.getResource(this);
        if (bound != null) {
            return bound;
        }
        Invalidations<K> begun = Invalidations.begin(invalidator);
        TransactionSynchronizationManager.bindResource(this, begun);
        TransactionSynchronizationManager.registerSynchronization(new Ending(begun));
        return begun;
    }

    /** Ends the invalidations with their transaction, and lays them aside while it is suspended. */
    private final class Ending implements TransactionSynchronization {

        private final Invalidations<K> invalidations;

        Ending(Invalidations<K> invalidations) {
            this.invalidations = invalidations;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(SpringInvalidations.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(SpringInvalidations.this, invalidations);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(SpringInvalidations.this);
            invalidations.close();
        }
    }
}
