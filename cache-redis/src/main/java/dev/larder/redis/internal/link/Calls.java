package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import dev.larder.time.Clock;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for answers, no longer than a deadline, and says of an answer that does not come what may have become of the question.
 *
 * <p>A server that answers with an error has changed nothing. One that does not answer may have done what it was asked, or may yet do it.
 */
public final class Calls {

    private static final long NEVER = Long.MAX_VALUE;

    private final Link link;
    private final String server;
    private final long deadlineNanos;

    /** What users may change to wait longer, as the end of a message; empty if nothing. */
    private final String limit;

    /** When the operation that these calls are of must be over, by the system's clock; {@link #NEVER} if each call has time of its own. */
    private final long endNanos;

    /** Creates calls over a link that may take that long each. */
    public Calls(Link link, Duration deadline) {
        this(link, deadline.toNanos(), NEVER, "");
    }

    /** Returns calls that may take as long each as users have set. */
    public static Calls ofStore(Link link, Duration storeDeadline) {
        return new Calls(link, storeDeadline.toNanos(), NEVER, " (\"storeDeadline\")");
    }

    private Calls(Link link, long deadlineNanos, long endNanos, String limit) {
        this.link = link;
        this.server = link.name();
        this.deadlineNanos = deadlineNanos;
        this.endNanos = endNanos;
        this.limit = limit;
    }

    /** Returns the calls of one operation that begins now: all of them together may take as long as one. */
    public Calls ofOneOperation() {
        return new Calls(link, deadlineNanos, Clock.system().nanos() + deadlineNanos, limit);
    }

    /** Returns the way of the writes of this operation, which are answered in time when they are acknowledged as the settings ask. */
    public Link writers() {
        return link.writers(end());
    }

    /** Returns the commands of each server that has keys of its own. Who is not connected yet is waited for no longer than this operation may take. */
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return link.primaries(end());
    }

    private long end() {
        return endNanos == NEVER ? Clock.system().nanos() + deadlineNanos : endNanos;
    }

    private long leftNanos() {
        return endNanos == NEVER ? deadlineNanos : endNanos - Clock.system().nanos();
    }

    /** Whether a call changes something, and so leaves a question if it is not answered. */
    public enum Kind {
        /** It does not. */
        READ,
        /** It does. */
        WRITE
    }

    /**
     * Fails if there is no time left to ask for something.
     *
     * @param soFar whether the operation has applied something before
     */
    public void requireTime(String command, Applied soFar) {
        if (leftNanos() <= 0) {
            throw new StoreException(tooLate("was not asked for", command), soFar, null);
        }
    }

    /** Makes a call and waits for its answer. */
    public <R extends @Nullable Object> R make(String command, Kind kind, Supplier<? extends CompletionStage<R>> call) {
        requireTime(command, Applied.NO);
        CompletableFuture<R> answer;
        try {
            answer = call.get().toCompletableFuture();
        } catch (RedisException e) {
            throw failed(command, kind, e);
        }
        return await(command, kind, answer);
    }

    /** Waits for the answer of a call that was made. */
    public <R extends @Nullable Object> R await(String command, Kind kind, CompletableFuture<R> answer) {
        return await(command, kind, answer, List.of(answer));
    }

    /** Waits for something that is there when these calls have been answered. */
    private <R extends @Nullable Object> R await(
            String command, Kind kind, CompletableFuture<R> awaited, List<? extends CompletableFuture<?>> answers) {
        try {
            return awaited.get(leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unanswered(tooLate("did not answer", command), kind, answers);
        } catch (ExecutionException e) {
            throw failed(command, kind, e.getCause());
        } catch (CancellationException e) {
            throw failed(command, kind, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(server + " was not waited for: interrupted in " + command, kind, answers);
        }
    }

    /** Waits until each of these calls has ended, in whatever way; together they may take as long as one. */
    public void awaitEnd(String command, Kind kind, List<? extends CompletableFuture<?>> answers) {
        CompletableFuture<?>[] ends = answers.stream()
                .map(answer -> answer.handle((value, failure) -> null))
                .toArray(CompletableFuture<?>[]::new);
        await(command, kind, CompletableFuture.allOf(ends), answers);
    }

    private StoreException unanswered(String message, Kind kind, List<? extends CompletableFuture<?>> answers) {
        return kind == Kind.READ
                ? new StoreException(message, Applied.NO, null)
                : new StoreTimeoutException(message, Applied.UNKNOWN, end(answers));
    }

    private String tooLate(String what, String command) {
        return server + " " + what + " " + command + " within "
                + Duration.ofNanos(deadlineNanos).toMillis() + " ms" + limit;
    }

    private RuntimeException failed(String command, Kind kind, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RedisCommandExecutionException refused) {
            return new ServerRefusal(server + " refused " + command + ": " + refused.getMessage(), refused);
        }
        if (cause instanceof Unacknowledged made) {
            return new StoreException(
                    server + " made " + command + ", but " + made.getMessage(), Applied.UNKNOWN, made);
        }
        String message = server + " could not be asked for " + command + ": " + reason(cause);
        if (Unsent.is(cause)) {
            return new StoreException(withReason(message), Applied.NO, cause);
        }
        return kind == Kind.READ
                ? new StoreException(message, Applied.NO, cause)
                : new StoreTimeoutException(message, Applied.UNKNOWN, link.fence());
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "no answer will come any more";
        }
        return cause == null ? "unknown" : String.valueOf(cause.getMessage());
    }

    /** lettuce tells whoever it refuses that there is no connection, and not why. */
    private String withReason(String message) {
        String why = link.whyDisconnected();
        return why.isEmpty() ? message : message + " (" + why + ")";
    }

    private CompletionStage<?> end(List<? extends CompletableFuture<?>> answers) {
        return CompletableFuture.allOf(answers.stream().map(this::end).toArray(CompletableFuture<?>[]::new));
    }

    /** An answer that comes late is the end of it; a connection that is lost is not, nor is it that no answer comes. */
    private CompletableFuture<?> end(CompletableFuture<?> answer) {
        return answer.handle((value, failure) -> isEnd(failure))
                .completeOnTimeout(false, Options.LOST.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(ended -> ended ? CompletableFuture.completedFuture(null) : link.fence());
    }

    private static boolean isEnd(@Nullable Throwable failure) {
        return failure == null
                || failure instanceof RedisCommandExecutionException
                || failure instanceof Unacknowledged
                || Unsent.is(failure);
    }
}
