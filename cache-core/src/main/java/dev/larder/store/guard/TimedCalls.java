package dev.larder.store.guard;

import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import dev.larder.time.Timer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls by threads of its own, for callers that wait for so long and no longer.
 *
 * <p>The threads come when there are calls and go a while after. They know no class loader of an application, as a call that
 * hangs may hold one for ever.
 */
final class TimedCalls {

    /** More than servers commonly have threads; what hangs holds no more than these. */
    static final int MOST_AT_ONCE = 256;

    private static final long KEEP_ALIVE_SECONDS = 5;

    private final String cacheName;
    private final Timer timer;
    private final long deadlineMillis;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger lastThread = new AtomicInteger();

    TimedCalls(StoreContext<?, ?> context) {
        cacheName = context.name();
        timer = context.timer();
        deadlineMillis = context.storeDeadline().toMillis();
        threads = new ThreadPoolExecutor(
                0, MOST_AT_ONCE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::newThread);
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "larder-store-" + lastThread.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Makes a call that answers nothing. */
    void run(String what, Applied ifLate, Runnable work) {
        this.<@Nullable Object>run(what, ifLate, () -> {
            work.run();
            return null;
        });
    }

    /** Makes a call and returns its answer. */
    <R extends @Nullable Object> R run(String what, Applied ifLate, Supplier<R> work) {
        return run(what, ifLate, work, answer -> {});
    }

    /**
     * Makes a call and returns its answer.
     *
     * @param what the name of the call, for messages
     * @param ifLate whether it may have changed something if it is late
     * @param discard gets rid of an answer that came too late
     */
    <R extends @Nullable Object> R run(String what, Applied ifLate, Supplier<R> work, Consumer<R> discard) {
        TimedCall<R> call = new TimedCall<>(work);
        timer.runAfter(deadlineMillis, call::giveUp, Runnable::run);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            throw refusal(what, e);
        }
        if (call.waitForIt()) {
            return call.answer();
        }
        call.end().thenAccept(discard);
        throw new StoreTimeoutException(
                "the store of cache \"" + cacheName + "\" did not answer " + what + " within " + deadlineMillis + " ms",
                ifLate,
                call.end());
    }

    private RuntimeException refusal(String what, RejectedExecutionException cause) {
        if (threads.isShutdown()) {
            return new IllegalStateException("the store of cache \"" + cacheName + "\" is closed", cause);
        }
        return new StoreException(
                "the store of cache \"" + cacheName + "\" was not asked to " + what + ": " + MOST_AT_ONCE
                        + " calls are under way already",
                Applied.NO,
                cause);
    }

    /** Makes the last call, and interrupts what still goes on afterwards. */
    void runLast(String what, Runnable work) {
        try {
            run(what, Applied.UNKNOWN, work);
        } finally {
            threads.shutdownNow();
        }
    }

    boolean areOver() {
        return threads.isShutdown();
    }
}
