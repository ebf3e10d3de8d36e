package dev.larder.patterns.invalidate;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JtaInvalidationsTest {

    /** What a container would have, for one thread. */
    private static final class Registry implements TransactionSynchronizationRegistry {

        private final Map<Object, Object> resources = new HashMap<>();
        private final List<Synchronization> synchronizations = new ArrayList<>();
        private int status = Status.STATUS_NO_TRANSACTION;

        void begin() {
            status = Status.STATUS_ACTIVE;
        }

        void end(int outcome) {
            synchronizations.forEach(Synchronization::beforeCompletion);
            status = outcome;
            synchronizations.forEach(synchronization -> synchronization.afterCompletion(outcome));
            synchronizations.clear();
            resources.clear();
            status = Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public Object getTransactionKey() {
            return this;
        }

        @Override
        public void putResource(Object key, Object value) {
            resources.put(key, value);
        }

        @Override
        public Object getResource(Object key) {
            return resources.get(key);
        }

        @Override
        public void registerInterposedSynchronization(Synchronization synchronization) {
            synchronizations.add(synchronization);
        }

        @Override
        public int getTransactionStatus() {
            return status;
        }

        @Override
        public void setRollbackOnly() {}

        @Override
        public boolean getRollbackOnly() {
            return false;
        }
    }

    private final InvalidationsTest.Recording invalidator = new InvalidationsTest.Recording();
    private final Registry registry = new Registry();
    private final JtaInvalidations<String> invalidations = JtaInvalidations.of(invalidator, registry);

    @Test
    void keysAreDroppedAtOnceAndWhenTheTransactionHasEnded() {
        registry.begin();
        invalidations.changed("a");
        invalidations.changed(Set.of("b"));
        assertThat(invalidator.calls).containsExactly(Set.of("a"), Set.of("b"));
        assertThat(registry.synchronizations).hasSize(1);

        registry.end(Status.STATUS_COMMITTED);

        assertThat(invalidator.calls).containsExactly(Set.of("a"), Set.of("b"), Set.of("a"), Set.of("b"));
    }

    @Test
    void keysAreDroppedWhateverTheOutcome() {
        registry.begin();
        invalidations.changed("a");
        registry.end(Status.STATUS_ROLLEDBACK);
        registry.begin();
        invalidations.changed("b");
        registry.end(Status.STATUS_UNKNOWN);

        assertThat(invalidator.calls).containsExactly(Set.of("a"), Set.of("a"), Set.of("b"), Set.of("b"));
    }

    @Test
    void keyIsDroppedAtOnceOutsideOfATransaction() {
        invalidations.changed("a");

        assertThat(invalidator.calls).containsExactly(Set.of("a"));
        assertThat(registry.synchronizations).isEmpty();
    }
}
