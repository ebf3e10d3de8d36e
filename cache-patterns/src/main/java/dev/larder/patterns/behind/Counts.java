package dev.larder.patterns.behind;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What has happened so far. */
final class Counts {

    private static final System.Logger LOGGER = System.getLogger(WriteBehind.class.getName());

    final LongAdder accepted = new LongAdder();
    final LongAdder coalesced = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder written = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder failures = new LongAdder();

    private final String name;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private volatile @Nullable String lastFailure;

    Counts(String name) {
        this.name = name;
    }

    int failuresInARow() {
        return failuresInARow.get();
    }

    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    /** Counts what the writer has done, which is the end of failures in a row if it is anything. */
    void written(int changes) {
        if (changes == 0) {
            return;
        }
        written.add(changes);
        batches.increment();
        int ended = failuresInARow.getAndSet(0);
        if (ended > 0) {
            LOGGER.log(
                    System.Logger.Level.INFO,
                    "write-behind \"" + name + "\": the writer is well again, after " + ended + " failures");
        }
    }

    /** Counts a failure, and logs the first in a row. Names classes only: messages can show values. */
    void failedWith(Throwable failure) {
        failures.increment();
        lastFailure = names(failure);
        if (failuresInARow.incrementAndGet() == 1) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "write-behind \"" + name + "\": the writer failed with " + lastFailure
                            + "; changes are kept and tried again");
        }
    }

    private static String names(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String name = failure.getClass().getName();
        return root == failure ? name : name + ", caused by " + root.getClass().getName();
    }
}
