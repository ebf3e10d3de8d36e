package dev.larder.patterns.invalidate;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Objects;
import java.util.Set;

/**
 * Invalidates with the transaction of JTA in which the caller is, as {@link Invalidations} do; at once, if it is in none. Needs {@code jakarta.transaction:jakarta.transaction-api}, which this
 * module does not bring along.
 *
 * <p>Safe for use by many threads.
 *
 * @param <K> the type of key
 */
public final class JtaInvalidations<K> {

    private final Invalidator<K> invalidator;
    private final TransactionSynchronizationRegistry registry;

    private JtaInvalidations(Invalidator<K> invalidator, TransactionSynchronizationRegistry registry) {
        this.invalidator = invalidator;
        this.registry = registry;
    }

    /**
     * Returns invalidations of this kind.
     *
     * @param registry what a container has under {@code java:comp/TransactionSynchronizationRegistry}
     */
    public static <K> JtaInvalidations<K> of(Invalidator<K> invalidator, TransactionSynchronizationRegistry registry) {
        return new JtaInvalidations<>(
                Objects.requireNonNull(invalidator, "invalidator"), Objects.requireNonNull(registry, "registry"));
    }

    /** Notes that the row of a key is changed. */
    public void changed(K key) {
        changed(Set.of(key));
    }

    /** Notes that the rows of keys are changed. */
    public void changed(Set<? extends K> keys) {
        if (registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            invalidator.invalidate(keys);
        } else {
            ofTransaction().changed(keys);
        }
    }

    @SuppressWarnings("unchecked") // put there under this very object
    private Invalidations<K> ofTransaction() {
        Invalidations<K> present = (Invalidations<K>) registry.getResource(this);
        if (present != null) {
            return present;
        }
        Invalidations<K> begun = Invalidations.begin(invalidator);
        registry.registerInterposedSynchronization(new Ending(begun));
        registry.putResource(this, begun);
        return begun;
    }

    /** Ends the invalidations with their transaction. */
    private record Ending(Invalidations<?> invalidations) implements Synchronization {

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            invalidations.close();
        }
    }
}
