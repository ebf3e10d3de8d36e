package dev.larder.store.guard;

import dev.larder.codec.CodecException;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls of a store pass as long as it answers, and takes note of how they end.
 *
 * <p>Whoever asked for something that cannot be had hears of that, and it says nothing about the store: a value that cannot become
 * bytes, a store that is closed. Any other exception is a failure of the store, also one that it should not have thrown.
 */
final class GuardedCalls {

    private static final int FAILURES_TO_OPEN = 5;
    private static final long OPEN_MILLIS = 500;

    private final String cacheName;
    private final Breaker breaker;
    private final Degradation degradation;
    private final PendingInvalidations<?> pending;

    GuardedCalls(StoreContext<?, ?> context, Degradation degradation, PendingInvalidations<?> pending) {
        this.cacheName = context.name();
        this.breaker = new Breaker(context.clock(), FAILURES_TO_OPEN, OPEN_MILLIS);
        this.degradation = degradation;
        this.pending = pending;
    }

    /** Whether calls are stopped. */
    boolean areStopped() {
        return breaker.isOpen();
    }

    /**
     * Makes a call, if calls may be made.
     *
     * @throws StoreException if it failed, or was not made
     */
    <R extends @Nullable Object> R make(Supplier<R> call) {
        if (!breaker.tryPass()) {
            throw new StoreException(
                    "the store of cache \"" + cacheName + "\" failed and is not asked just now: " + degradation.cause(),
                    Applied.NO,
                    null);
        }
        R answer;
        try {
            answer = call.get();
        } catch (StoreException e) {
            throw failed(e);
        } catch (CodecException | IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            breaker.notAnswered();
            throw e;
        } catch (RuntimeException e) {
            throw failed(unexpected(e));
        } catch (Error e) {
            failed(unexpected(e));
            throw e;
        }
        breaker.succeeded();
        degradation.noteAnswer(pending::isEmpty);
        return answer;
    }

    private StoreException failed(StoreException failure) {
        breaker.failed();
        degradation.noteFailure(failure, breaker.isOpen(), pending.size());
        return failure;
    }

    /** Returns a failure that names no more than the class of what was thrown, whose message may say anything. */
    private StoreException unexpected(Throwable cause) {
        return new StoreException(
                "the store of cache \"" + cacheName + "\" failed unexpectedly: "
                        + cause.getClass().getName(),
                Applied.UNKNOWN,
                cause);
    }
}
