package dev.larder.patterns.invalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

class SpringInvalidationsTest {

    private final InvalidationsTest.Recording invalidator = new InvalidationsTest.Recording();
    private final SpringInvalidations<String> invalidations = SpringInvalidations.of(invalidator);

    /** Transactions of nothing, with Spring's own handling of what goes with them. */
    private static final class NoTransactions extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        private final transient Deque<Object> open = new ArrayDeque<>();
        private transient Runnable atCommit = () -> {};

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected boolean isExistingTransaction(Object transaction) {
            return !open.isEmpty();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            open.push(transaction);
        }

        @Override
        protected Object doSuspend(Object transaction) {
            return open.pop();
        }

        @Override
        protected void doResume(Object transaction, Object suspended) {
            open.push(suspended);
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            atCommit.run();
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}

        @Override
        protected void doSetRollbackOnly(DefaultTransactionStatus status) {}

        @Override
        protected void doCleanupAfterCompletion(Object transaction) {
            open.pop();
        }
    }

    private final NoTransactions manager = new NoTransactions();
    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    @Test
    void keysAreDroppedAtOnceAndAfterTheCommit() {
        manager.atCommit = () -> assertThat(invalidator.calls).hasSize(2);

        transaction.executeWithoutResult(status -> {
            invalidations.changed("a");
            invalidations.changed(Set.of("b"));
        });

        assertThat(invalidator.calls).containsExactly(Set.of("a"), Set.of("b"), Set.of("a"), Set.of("b"));
    }

    @Test
    void keysAreDroppedAfterARollbackToo() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
            invalidations.changed("a");
            throw new IllegalStateException("no");
        }));

        assertThat(invalidator.calls).containsExactly(Set.of("a"), Set.of("a"));
    }

    @Test
    void innerTransactionHasItsOwn() {
        TransactionTemplate inner = new TransactionTemplate(
                manager, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));

        transaction.executeWithoutResult(status -> {
            invalidations.changed("outer");
            inner.executeWithoutResult(any -> invalidations.changed("inner"));
            assertThat(invalidator.calls).containsExactly(Set.of("outer"), Set.of("inner"), Set.of("inner"));
            invalidations.changed("later");
        });

        assertThat(invalidator.calls.subList(3, 6)).containsExactly(Set.of("later"), Set.of("outer"), Set.of("later"));
    }

    @Test
    void nextTransactionOfTheThreadStartsAnew() {
        transaction.executeWithoutResult(status -> invalidations.changed("a"));
        transaction.executeWithoutResult(status -> invalidations.changed("b"));

        assertThat(invalidator.calls).containsExactly(Set.of("a"), Set.of("a"), Set.of("b"), Set.of("b"));
    }

    @Test
    void keyIsDroppedAtOnceOutsideOfATransaction() {
        invalidations.changed("a");

        assertThat(invalidator.calls).containsExactly(Set.of("a"));
    }
}
