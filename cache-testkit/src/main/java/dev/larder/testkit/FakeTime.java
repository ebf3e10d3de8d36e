package dev.larder.testkit;

import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A clock and a timer for tests: time stands still until the test moves it.
 *
 * <pre>{@code
 * FakeTime time = new FakeTime();
 * StoreContext<String, String> context = StoreContext.of("users", String.class, String.class).withTime(time, time);
 * time.advance(Duration.ofMinutes(5));
 * }</pre>
 *
 * <p>Tasks run on the thread that calls {@link #advance}, never within {@link #runAfter}, and the executor they were
 * given is left out, so that all that time brings about has happened when {@code advance} returns. Safe for use by many
 * threads.
 */
public final class FakeTime implements Clock, Timer {

    /** Neither zero nor a whole millisecond, because real clocks show neither. */
    private static final long ORIGIN_NANOS = Duration.ofHours(7).toNanos() + 234_567;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::number));
    private volatile long nowNanos = ORIGIN_NANOS;
    private long lastNumber;

    /** A task and its moment; tasks due at the same moment run in the order in which they were scheduled. */
    private record Task(long dueNanos, long number, Runnable action) {}

    @Override
    public long nanos() {
        return nowNanos;
    }

    /**
     * Schedules a task for the call of {@link #advance} that reaches its moment.
     *
     * @param delayMillis milliseconds from now; zero or less means the next call, {@code advance(Duration.ZERO)} included
     * @param executor left out: the task runs on the thread that advances
     */
    @Override
    public synchronized void runAfter(long delayMillis, Runnable task, Executor executor) {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(executor, "executor");
        tasks.add(new Task(later(nowNanos, delayMillis), ++lastNumber, task));
    }

    private static long later(long nanos, long delayMillis) {
        long delayNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(0, delayMillis));
        return delayNanos > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + delayNanos;
    }

    /**
     * Moves time, and runs what becomes due on the way, in order, each task at its own moment.
     *
     * <p>A task may schedule others, which run in the same call if they are due in it, and it may advance time itself;
     * that counts from its own moment. What a task throws ends the call at that moment.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration duration) {
        long targetNanos = target(duration);
        for (Runnable task = nextUntil(targetNanos); task != null; task = nextUntil(targetNanos)) {
            task.run();
        }
    }

    /**
     * Moves time and runs nothing, as if the timer's thread were starved; the next {@link #advance} makes up for it.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public synchronized void skip(Duration duration) {
        nowNanos = target(duration);
    }

    private long target(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not run backwards: " + duration);
        }
        return Math.addExact(nowNanos, duration.toNanos());
    }

    /** Moves time to the next task until then and returns it, or to the target if there is none. */
    private synchronized @Nullable Runnable nextUntil(long targetNanos) {
        Task next = tasks.peek();
        if (next == null || next.dueNanos() > targetNanos) {
            nowNanos = Math.max(nowNanos, targetNanos);
            return null;
        }
        tasks.remove();
        nowNanos = Math.max(nowNanos, next.dueNanos());
        return next.action();
    }

    /** Returns how many tasks wait for their moment. */
    public synchronized int pendingTasks() {
        return tasks.size();
    }
}
