package dev.larder.annotations.internal.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A call of a method under way whose result may go into a cache, and for which others may wait. */
public final class Load {

    private final Thread caller = Thread.currentThread();
    private final Purpose purpose;

    /** Not a future, which would take a CompletionException that the method threw for a wrapping of its own. */
    private final CountDownLatch returned = new CountDownLatch(1);

    /** These are written before {@link #returned} is counted down, and read after that. */
    private @Nullable Object result;

    private @Nullable Throwable failure;

    /** Held while the result is stored, so that whoever overtakes it comes before or after that. Not a monitor: stores can be remote. */
    private final ReentrantLock storing = new ReentrantLock();

    /** Written under {@link #storing}; read without it where a moment sooner or later is the same. */
    private volatile boolean overtaken;

    /** What becomes of the result. */
    enum Purpose {
        /** Whoever asks may have it; it is stored unless something changed. */
        SHARED,
        /** It is stored unless something changed. */
        OWN,
        /** It is a change itself. */
        CHANGE
    }

    Load(Purpose purpose) {
        this.purpose = purpose;
    }

    /** Returns one of this thread that others may wait for. */
    public static Load toShare() {
        return new Load(Purpose.SHARED);
    }

    Thread caller() {
        return caller;
    }

    boolean isChange() {
        return purpose == Purpose.CHANGE;
    }

    /** Whether somebody who asks now may have its result. */
    boolean canBeShared() {
        return purpose == Purpose.SHARED && !overtaken;
    }

    /**
     * Keeps the result from being stored. If it is being stored, this waits until it has been. What the method under way does itself, by calling another
     * that is annotated, does not overtake it; a stage that ends meanwhile in the same thread does.
     */
    void overtake(Moment moment) {
        if (moment == Moment.IN_CALL && caller == Thread.currentThread() && !hasReturned()) {
            return;
        }
        storing.lock();
        try {
            overtaken = true;
        } finally {
            storing.unlock();
        }
    }

    /** Runs one of two actions, during which nobody overtakes this. */
    void settle(Runnable ifUpToDate, Runnable ifOvertaken) {
        storing.lock();
        try {
            (overtaken ? ifOvertaken : ifUpToDate).run();
        } finally {
            storing.unlock();
        }
    }

    /** Hands those who wait what the method returned. */
    public void succeed(@Nullable Object newResult) {
        result = newResult;
        returned.countDown();
    }

    /** Hands those who wait what the method threw. */
    public void fail(Throwable newFailure) {
        failure = newFailure;
        returned.countDown();
    }

    boolean hasReturned() {
        return returned.getCount() == 0;
    }

    /** Whether the method gave up because its thread was interrupted, which is nobody else's affair; to be asked when it has returned. */
    public boolean wasInterrupted() {
        return failure instanceof InterruptedException;
    }

    void await() throws InterruptedException {
        returned.await();
    }

    /**
     * Returns what the method returned; to be asked when it has.
     *
     * @throws Throwable what the method threw
     */
    public @Nullable Object result() throws Throwable {
        if (failure != null) {
            throw failure;
        }
        return result;
    }
}
