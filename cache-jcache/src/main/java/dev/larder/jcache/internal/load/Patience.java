package dev.larder.jcache.internal.load;

import dev.larder.jcache.internal.concurrent.WaitGraph;
import dev.larder.time.Timer;
import java.util.concurrent.locks.LockSupport;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** How long one call waits for loads, all of them together. For one thread. */
final class Patience {

    private final @Nullable Timer timer;
    private final long millis;
    private final boolean isSoft;
    private @Nullable Waiter waiter;

    private Patience(@Nullable Timer timer, long millis, boolean isSoft) {
        this.timer = timer;
        this.millis = millis;
        this.isSoft = isSoft;
    }

    /** Returns the patience of a call that waits for ever. */
    static Patience endless() {
        return new Patience(null, 0, false);
    }

    /**
     * Returns the patience of a call that begins now.
     *
     * @param isSoft whether there is something to do without the load
     */
    static Patience of(Timer timer, long millis, boolean isSoft) {
        return new Patience(timer, millis, isSoft);
    }

    boolean isOver() {
        return waiter != null && waiter.isOver;
    }

    /** What becomes of waiting. */
    enum End {
        HAPPENED,
        WAITS_FOR_US,
        TOO_LATE
    }

    /**
     * Waits for something, unless that waits for this thread.
     *
     * @throws CacheLoaderException if this thread is interrupted
     */
    End await(Signal signal, WaitGraph.Owned owned, LoaderErrors errors, Object key) {
        if (!WaitGraph.enter(owned)) {
            return End.WAITS_FOR_US;
        }
        begin();
        // the load that this thread does, if it does one, rests meanwhile
        Turns.lend();
        try {
            return signal.await(this) ? End.HAPPENED : End.TOO_LATE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheLoaderException(errors.prefix() + "interrupted while waiting for the load of key " + key, e);
        } finally {
            Turns.takeBack();
            WaitGraph.leave();
        }
    }

    /** Lets the time run for this thread, unless it does already. */
    void begin() {
        if (timer != null && waiter == null) {
            waiter = new Waiter();
            timer.runAfter(millis, waiter, Runnable::run);
        }
    }

    /** Returns what a call gets whose patience is over. */
    CacheLoaderException end(LoaderErrors errors, Object key) {
        return isSoft ? new SoftTimeout() : errors.late(key, millis);
    }

    /** Frees the thread that waits, if it still does. */
    private static final class Waiter implements Runnable {

        private final Thread thread = Thread.currentThread();
        private volatile boolean isOver;

        @Override
        public void run() {
            isOver = true;
            LockSupport.unpark(thread);
        }
    }

    /** Tells that an old value is to be served. No user sees it. */
    static final class SoftTimeout extends CacheLoaderException {

        private static final long serialVersionUID = 1L;

        private SoftTimeout() {
            super("softTimeout");
        }
    }
}
