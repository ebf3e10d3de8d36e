package dev.larder.patterns.behind;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How often and after which pauses a change is tried again whose writer failed.
 *
 * <p>A failed batch is not tried as a whole again: its changes are tried one by one until one succeeds, and only a change that fails by itself counts an attempt. So
 * what is wrong with one change costs no other its attempts, and while a database is away they take turns.
 *
 * <p>Immutable: methods that change a setting return another policy.
 */
public final class RetryPolicy {

    private static final double JITTER = 0.5;
    private static final int ATTEMPTS = 20;

    private final int attempts;
    private final Pauses pauses;
    private final Predicate<? super Throwable> retryable;

    /** Computes pauses. */
    @FunctionalInterface
    interface Pauses {

        /** Returns milliseconds to wait after that many failures in a row, of which the last is given. */
        long millis(int failures, Throwable last);
    }

    RetryPolicy(int attempts, Pauses pauses, Predicate<? super Throwable> retryable) {
        if (attempts < 1) {
            throw new IllegalArgumentException("there must be an attempt at least: " + attempts);
        }
        this.attempts = attempts;
        this.pauses = pauses;
        this.retryable = retryable;
    }

    /**
     * Returns the policy that is used unless another is given: pauses of 100 ms that double up to 30 s, each half as much more or less by chance, and
     * 20 attempts, which takes some minutes at least. What is wrong with the data itself is not tried again: a value out of range, a
     * violated check or unique constraint.
     */
    public static RetryPolicy standard() {
        return exponential(Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    /** Returns one whose pauses double from the first up to the longest, each half as much more or less by chance; else as {@link #standard}. */
    public static RetryPolicy exponential(Duration first, Duration longest) {
        long firstMillis = positiveMillis(first);
        long longestMillis = Math.max(firstMillis, positiveMillis(longest));
        return new RetryPolicy(
                ATTEMPTS,
                (failures, last) -> jittered(doubled(firstMillis, longestMillis, failures)),
                failure -> !DataErrors.isCauseOf(failure));
    }

    /**
     * Returns one with other pauses, such as an {@code IntervalFunction} of Resilience4j.
     *
     * @param pauses returns milliseconds to wait after so many failures, counted from 1
     */
    public static RetryPolicy pausing(Function<Integer, Long> pauses) {
        Objects.requireNonNull(pauses, "pauses");
        return new RetryPolicy(
                ATTEMPTS, (failures, last) -> pauses.apply(failures), failure -> !DataErrors.isCauseOf(failure));
    }

    private static long positiveMillis(Duration duration) {
        if (duration.isNegative() || duration.toMillis() == 0) {
            throw new IllegalArgumentException("a pause must be a millisecond at least: " + duration);
        }
        return duration.toMillis();
    }

    private static long doubled(long firstMillis, long longestMillis, int failures) {
        long millis = firstMillis;
        for (int i = 1; i < failures && millis < longestMillis; i++) {
            millis = Math.min(Math.multiplyExact(millis, 2), longestMillis);
        }
        return millis;
    }

    private static long jittered(long millis) {
        return (long) (millis * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER));
    }

    /** Gives a change up when it has failed that often by itself. */
    public RetryPolicy attempts(int atMost) {
        return new RetryPolicy(atMost, pauses, retryable);
    }

    /** Gives a change up at once if what it failed with does not meet this; asked about what the writer threw, whose cause may tell more. */
    public RetryPolicy retryIf(Predicate<? super Throwable> condition) {
        return new RetryPolicy(attempts, pauses, Objects.requireNonNull(condition, "condition"));
    }

    boolean isRetryable(Throwable failure) {
        return retryable.test(failure);
    }

    boolean givesUp(int failedAttempts, Throwable failure) {
        return failedAttempts >= attempts || !isRetryable(failure);
    }

    long pauseMillis(int failures, Throwable last) {
        return Math.max(0, pauses.millis(failures, last));
    }
}
