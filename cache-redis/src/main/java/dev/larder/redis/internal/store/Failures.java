package dev.larder.redis.internal.store;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How writes that were sent together, to several servers perhaps, have failed, and what is to be said of all of them. For one thread. */
final class Failures {

    private final List<StoreException> failures = new ArrayList<>();
    private boolean someWereMade;

    /** Looks how a write has ended. Returns whether it is over: as the write says, or since it failed. */
    boolean isOver(BooleanSupplier write) {
        try {
            boolean made = write.getAsBoolean();
            someWereMade |= made;
            return made;
        } catch (StoreException e) {
            failures.add(e);
            return true;
        }
    }

    /** Fails if a write did: only if all of them have changed nothing, nothing was changed; and the end is that of all that were lost. */
    void throwIfAny() {
        if (!failures.isEmpty()) {
            throw told();
        }
    }

    private StoreException told() {
        List<StoreTimeoutException> lost = failures.stream()
                .filter(StoreTimeoutException.class::isInstance)
                .map(StoreTimeoutException.class::cast)
                .toList();
        if (!lost.isEmpty()) {
            return new StoreTimeoutException(messageOf(lost.get(0)), Applied.UNKNOWN, end(lost));
        }
        boolean unknown = someWereMade || failures.stream().anyMatch(failure -> failure.applied() == Applied.UNKNOWN);
        return unknown ? unknown(failures.get(0)) : failures.get(0);
    }

    private static CompletableFuture<?> end(List<StoreTimeoutException> lost) {
        return CompletableFuture.allOf(lost.stream()
                .map(each -> each.end().<@Nullable Void>handle((value, failure) -> null))
                .map(end -> end.toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Returns what is to be said of a failure if something else that it speaks for was made, or may have been. */
    static StoreException unknown(StoreException failure) {
        return failure.applied() == Applied.UNKNOWN
                ? failure
                : new StoreException(messageOf(failure), Applied.UNKNOWN, failure);
    }

    private static String messageOf(StoreException failure) {
        return String.valueOf(failure.getMessage());
    }
}
