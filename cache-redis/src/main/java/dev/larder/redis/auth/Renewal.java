package dev.larder.redis.auth;

import dev.larder.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider, at most once at a time, when somebody wants to know and when the last grant says so.
 *
 * <p>While the provider fails, the last grant stays in use, and the provider is asked again after 1, 2, 4 and so on up to 60 seconds.
 */
final class Renewal {

    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 6;

    private final CredentialsProvider provider;
    private final Timer timer;
    private final Executor executor;
    private final RenewalTrouble trouble;
    private final Consumer<Grant> onGrant;
    private volatile @Nullable Grant current;
    private @Nullable CompletableFuture<Grant> asking;
    private long appointment;
    private int failures;
    private boolean closed;

    Renewal(
            CredentialsProvider provider,
            Timer timer,
            Executor executor,
            RenewalTrouble trouble,
            Consumer<Grant> onGrant) {
        this.provider = provider;
        this.timer = timer;
        this.executor = executor;
        this.trouble = trouble;
        this.onGrant = onGrant;
    }

    /** Returns the last grant; null before the first. */
    @Nullable
    Grant current() {
        return current;
    }

    /** Asks the provider, or joins who is asking. Answers with the last grant if the provider fails and there is one. */
    CompletableFuture<Grant> ask() {
        CompletableFuture<Grant> answer = new CompletableFuture<>();
        synchronized (this) {
            if (asking != null) {
                return asking;
            }
            asking = answer;
        }
        try {
            executor.execute(() -> askFor(answer));
        } catch (RejectedExecutionException e) {
            fail(answer, e);
        }
        return answer;
    }

    private void askFor(CompletableFuture<Grant> answer) {
        try {
            Grant grant = Objects.requireNonNull(provider.grant(), "the grant of the provider");
            accept(grant);
            answer.complete(grant);
        } catch (Throwable e) {
            fail(answer, e);
        }
    }

    private void fail(CompletableFuture<Grant> answer, Throwable cause) {
        CredentialsException failure = RenewalTrouble.withoutSecrets(cause);
        Grant kept = refuse(failure);
        if (kept == null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(kept);
        }
    }

    /** Nobody else asks before the news is out, so that news comes in order. */
    private void accept(Grant grant) {
        current = grant;
        trouble.end();
        onGrant.accept(grant);
        synchronized (this) {
            asking = null;
            failures = 0;
            askAgainAfter(grant.askAgainAfter());
        }
    }

    private synchronized @Nullable Grant refuse(CredentialsException failure) {
        asking = null;
        Grant kept = current;
        if (kept != null) {
            trouble.note(failure);
            askAgainAfter(kept.askAgainAfter() == null ? null : nextRetry());
        }
        return kept;
    }

    private Duration nextRetry() {
        long millis = FIRST_RETRY_MILLIS << Math.min(failures++, MOST_DOUBLINGS);
        return Duration.ofMillis(Math.min(millis, LAST_RETRY_MILLIS));
    }

    /** Makes the one appointment that holds; those made before are void. */
    private void askAgainAfter(@Nullable Duration delay) {
        long made = ++appointment;
        if (delay != null && !closed) {
            timer.runAfter(delay.toMillis(), () -> keep(made), executor);
        }
    }

    private void keep(long made) {
        synchronized (this) {
            if (closed || made != appointment) {
                return;
            }
        }
        var unused = ask(); // what comes of it is settled there
    }

    synchronized void close() {
        closed = true;
    }
}
