package dev.larder.redis.auth;

import dev.larder.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider, at most once at a time, when somebody wants to know and when the last grant says so.
 *
 * <p>While the provider fails, the last grant stays in use, and the provider is asked again after 1, 2, 4 and so on up to 60 seconds. One that does not
 * answer for {@value #PATIENCE_MILLIS} ms has failed, too; if it does so later, that counts unless a later question was answered before. No more than
 * {@value #MOST_HANGING} questions hang at a time.
 */
final class Renewal {

    static final long PATIENCE_MILLIS = 30_000;
    static final int MOST_HANGING = 4;
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 6;

    private final CredentialsProvider provider;
    private final Timer timer;
    private final Executor executor;
    private final RenewalTrouble trouble;
    private final Consumer<Grant> onGrant;
    private volatile @Nullable Grant current;
    private final Object news = new Object();
    private @Nullable CompletableFuture<Grant> asking;
    private long lastQuestion;
    private int hanging;

    /** The question that the current grant answers; guarded by {@link #news}. */
    private long answered;

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
        long question;
        boolean isHopeless;
        synchronized (this) {
            if (asking != null) {
                return asking;
            }
            asking = answer;
            question = ++lastQuestion;
            isHopeless = hanging == MOST_HANGING;
            hanging += isHopeless ? 0 : 1;
        }
        if (isHopeless) {
            fail(answer, late());
            return answer;
        }
        try {
            executor.execute(() -> askFor(answer, question));
        } catch (Throwable e) { // there may be no thread to be had
            ended();
            fail(answer, e);
        }
        giveUpLater(answer);
        return answer;
    }

    private void askFor(CompletableFuture<Grant> answer, long question) {
        try {
            Grant grant = grant();
            accept(answer, grant, question);
            answer.complete(grant);
        } catch (Throwable e) {
            fail(answer, e);
        }
    }

    private Grant grant() {
        try {
            return Objects.requireNonNull(provider.grant(), "the grant of the provider");
        } finally {
            ended();
        }
    }

    private synchronized void ended() {
        hanging--;
    }

    private void giveUpLater(CompletableFuture<Grant> answer) {
        if (isUnderWay(answer)) {
            timer.runAfter(PATIENCE_MILLIS, () -> giveUp(answer), ForkJoinPool.commonPool());
        }
    }

    private void giveUp(CompletableFuture<Grant> answer) {
        if (isUnderWay(answer)) {
            fail(answer, late());
        }
    }

    private synchronized boolean isUnderWay(CompletableFuture<Grant> answer) {
        return asking == answer;
    }

    private static CredentialsException late() {
        return new CredentialsException(
                "the provider of credentials did not answer within " + PATIENCE_MILLIS / 1_000 + " s");
    }

    private void fail(CompletableFuture<Grant> answer, Throwable cause) {
        CredentialsException failure = RenewalTrouble.withoutSecrets(cause);
        Grant kept = refuse(answer, failure);
        if (kept == null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(kept);
        }
    }

    /** Nobody else asks before the news is out, so that news comes in order. */
    private void accept(CompletableFuture<Grant> answer, Grant grant, long question) {
        synchronized (news) { // also for an answer that comes late
            if (question < answered) {
                return;
            }
            answered = question;
            current = grant;
            trouble.end();
            onGrant.accept(grant);
        }
        synchronized (this) {
            asking = asking == answer ? null : asking;
            failures = 0;
            askAgainAfter(grant.askAgainAfter());
        }
    }

    /** What was given up before has been refused already. */
    private synchronized @Nullable Grant refuse(CompletableFuture<Grant> answer, CredentialsException failure) {
        Grant kept = current;
        if (asking != answer) {
            return kept;
        }
        asking = null;
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
            timer.runAfter(delay.toMillis(), () -> keep(made), ForkJoinPool.commonPool());
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
