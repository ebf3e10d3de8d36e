package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.method.ResultShape;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** When a method has ended: at its return, or when the stage that it returned has. */
final class Endings {

    private Endings() {}

    /**
     * Calls an action when the method has ended, with its failure or null.
     *
     * @return what the caller gets in place of the result
     */
    static @Nullable Object whenEnded(
            ResultShape shape, @Nullable Object result, Consumer<@Nullable Throwable> action) {
        if (shape.staged() && result instanceof CompletionStage<?> stage) {
            // the caller gets another stage than the one that acts: if he completes that himself, it would not act
            return shape.share(stage.whenComplete((outcome, failure) -> action.accept(causeOf(failure))));
        }
        action.accept(null);
        return result;
    }

    /** Returns what a stage failed with, without what stages wrap around it. */
    static @Nullable Throwable causeOf(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
