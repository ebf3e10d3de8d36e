package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of a change whose connection was lost before the answer came. What it puts has a version of its own, so as soon as the
 * lost connection can do nothing any more, the key tells: with that version there, the change was made; with the expected one, it was not, and is
 * made now. If somebody has changed the key since, nobody knows. Where replicas have to acknowledge writes, one that was made is put once more
 * ({@link OnceMore}): it is known of the primary alone that it has it.
 *
 * <p>Only changes that depend on what was there are looked after: others may be made by whoever asked for them once more. Safe for use by many threads.
 */
final class LostAnswers {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Link link;
    private final Clock clock;
    private final long deadlineNanos;

    /** Creates what looks after changes that may take that long, all in all. */
    LostAnswers(Link link, Clock clock, Duration deadline) {
        this.link = link;
        this.clock = clock;
        this.deadlineNanos = deadline.toNanos();
    }

    /** Runs a change by its script until its outcome is known. */
    void run(ChangeCall<?, ?> call, Calls calls) {
        long sentNanos = clock.nanos();
        try {
            Bulk.run(call, new Scripts(calls.writers()), calls);
        } catch (StoreTimeoutException lost) {
            if (!call.isTellable()) {
                throw lost;
            }
            resolve(call, lost, sentNanos + deadlineNanos);
        }
    }

    private void resolve(ChangeCall<?, ?> call, StoreTimeoutException lost, long untilNanos) {
        StoreTimeoutException last = lost;
        while (last != null) {
            long leftNanos = untilNanos - clock.nanos();
            // an end that has come is there also for who has no time left
            if (leftNanos <= 0 || Thread.currentThread().isInterrupted() || !hasEnded(last, leftNanos)) {
                throw last;
            }
            last = look(call, last, untilNanos);
        }
    }

    private static boolean hasEnded(StoreTimeoutException lost, long nanos) {
        try {
            lost.end().toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns null if the outcome is known, else what was lost the last time. */
    private @Nullable StoreTimeoutException look(ChangeCall<?, ?> call, StoreTimeoutException lost, long untilNanos) {
        Calls rest = new Calls(link, Duration.ofNanos(Math.max(1, untilNanos - clock.nanos()))).ofOneOperation();
        byte[] found;
        try {
            found = rest.<byte @Nullable []>make(
                    "GET", Kind.READ, () -> link.commands().get(call.key()));
        } catch (StoreException e) {
            LockSupport.parkNanos(PAUSE_NANOS); // while there is no connection
            return lost;
        }
        if (call.wasMade(found)) {
            return link.acknowledgesWrites() ? triedOnceMore(new OnceMore(call, lost), rest) : null;
        }
        if (!call.wasNotMade(found)) {
            throw changedSince(lost);
        }
        return tried(call, rest);
    }

    static StoreException changedSince(StoreTimeoutException lost) {
        return new StoreException(lost.getMessage() + ", and the key was changed since", Applied.UNKNOWN, lost);
    }

    /** Returns the same. Also if nothing is put once more, the primary has what was put. */
    private static @Nullable StoreTimeoutException triedOnceMore(OnceMore put, Calls rest) {
        try {
            return tried(put, rest);
        } catch (StoreException e) {
            throw Failures.unknown(e);
        }
    }

    /** Returns null if the outcome is known, else what was lost then. */
    private static @Nullable StoreTimeoutException tried(Bulk.Run call, Calls rest) {
        try {
            Bulk.run(call, new Scripts(rest.writers()), rest);
            return null;
        } catch (StoreTimeoutException again) {
            return again;
        }
    }
}
