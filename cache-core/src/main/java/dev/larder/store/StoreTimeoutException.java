package dev.larder.store;

import java.io.Serial;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A store did not answer in time and is waited for no longer, but what it was asked may still be going on: a change can yet be
 * applied, even after later ones.
 */
public final class StoreTimeoutException extends StoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable CompletionStage<?> end;

    /**
     * Creates the exception.
     *
     * @param message names the store and what it was asked, never a value or a secret
     * @param end completes, in whatever way, when the call has come to its end and can change nothing any more
     */
    public StoreTimeoutException(String message, Applied applied, CompletionStage<?> end) {
        super(message, applied, null);
        this.end = end;
    }

    /** Returns what completes when the call can change nothing any more. */
    public CompletionStage<?> end() {
        return end == null ? CompletableFuture.completedFuture(null) : end;
    }
}
