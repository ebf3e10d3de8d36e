package dev.larder.jcache.internal.concurrent;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/** A lock of one thread at a time that can be made for a thread that has it already. Cannot be taken twice. */
class Mutex extends AbstractQueuedSynchronizer implements WaitGraph.Owned {

    private static final long serialVersionUID = 1L;

    private static final int FREE = 0;
    private static final int TAKEN = 1;

    /** Makes a lock that is free, or that this thread has. */
    Mutex(@Nullable Thread owner) {
        if (owner != null) {
            setExclusiveOwnerThread(owner);
            setState(TAKEN);
        }
    }

    @Override
    protected final boolean tryAcquire(int ignored) {
        if (!compareAndSetState(FREE, TAKEN)) {
            return false;
        }
        setExclusiveOwnerThread(Thread.currentThread());
        return true;
    }

    @Override
    protected final boolean tryRelease(int ignored) {
        setExclusiveOwnerThread(null);
        setState(FREE);
        return true;
    }

    /** Takes the lock if it is free. */
    final boolean tryLock() {
        return tryAcquire(TAKEN);
    }

    /** Takes the lock when it is free. */
    final void lockInterruptibly() throws InterruptedException {
        acquireInterruptibly(TAKEN);
    }

    /** Frees the lock, which this thread has. */
    final void unlock() {
        release(TAKEN);
    }

    final boolean isHeldByThisThread() {
        return owner() == Thread.currentThread();
    }

    @Override
    public final @Nullable Thread owner() {
        return getState() == FREE ? null : getExclusiveOwnerThread();
    }
}
