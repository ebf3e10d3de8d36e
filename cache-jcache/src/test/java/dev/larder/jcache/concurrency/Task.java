package dev.larder.jcache.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on a thread of its own.
 *
 * @param <T> the type of what it comes to
 */
public final class Task<T> {

    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Thread thread;

    Task(Callable<T> work) {
        thread = new Thread(() -> run(work), "test-task");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Callable<T> work) {
        try {
            outcome.complete(work.call());
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    /** Returns what the work came to, and fails if that takes long or it failed. */
    public T get() {
        return get(Crew.SOON);
    }

    /** Returns what the work came to, and fails if that takes longer or it failed. */
    public T get(Duration longest) {
        try {
            return outcome.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the task failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the task is stuck after " + longest + ":" + stack(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private String stack() {
        StringBuilder stack = new StringBuilder();
        for (StackTraceElement element : thread.getStackTrace()) {
            stack.append("\n    at ").append(element);
        }
        return stack.toString();
    }

    /** Returns what the work failed with, or null if it did not; fails if it takes long. */
    public Throwable failure() {
        return failure(Crew.SOON);
    }

    /** Returns what the work failed with, or null if it did not; fails if it takes longer. */
    public Throwable failure(Duration longest) {
        try {
            outcome.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError("the task is stuck after " + longest + ":" + stack(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Whether the work is done, or failed. */
    public boolean isDone() {
        return outcome.isDone();
    }

    /** Returns when the thread waits for another. */
    public Task<T> awaitWaiting() {
        await().atMost(Crew.SOON).pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
            assertThat(outcome).isNotDone();
            assertThat(thread.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING);
        });
        return this;
    }

    /** Interrupts the thread. */
    public void interrupt() {
        thread.interrupt();
    }
}
