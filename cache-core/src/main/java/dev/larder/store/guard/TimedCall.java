package dev.larder.store.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call on its way: a thread makes it, and another waits for it until it is told to give it up. */
final class TimedCall<R extends @Nullable Object> implements Runnable {

    private final Supplier<R> work;
    private final CompletableFuture<R> end = new CompletableFuture<>();

    /** Opens when the call has ended or is given up, whatever is first. */
    private final CountDownLatch waiting = new CountDownLatch(1);

    TimedCall(Supplier<R> work) {
        this.work = work;
    }

    @Override
    public void run() {
        R answer;
        try {
            answer = work.get();
        } catch (Throwable e) {
            // also an error: it belongs to the caller, and not to a thread that nobody watches
            end.completeExceptionally(e);
            waiting.countDown();
            return;
        }
        end.complete(answer);
        waiting.countDown();
    }

    void giveUp() {
        waiting.countDown();
    }

    /**
     * Waits until the call has ended or is given up, and returns whether it has ended. That is soon enough for a caller who is
     * interrupted, and finds its interrupt status afterwards.
     */
    boolean waitForIt() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    waiting.await();
                    return end.isDone();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns the answer of a call that has ended, or throws what it threw. */
    R answer() {
        Throwable failure = end.handle((answer, thrown) -> thrown).getNow(null);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        return end.join();
    }

    /** Returns what completes when the call has ended, with its answer or what it threw. */
    CompletionStage<R> end() {
        return end;
    }
}
