package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.load.Moment;
import dev.larder.annotations.internal.method.ResultShape;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** When a method has ended: at its return, or when the stage that it returned has. */
final class Endings {

    private Endings() {}

    /** What is done when a method has ended. */
    @FunctionalInterface
    interface Action {

        /**
         * Does it.
         *
         * @param failure what the method or its stage ended with, or null
         */
        void run(@Nullable Object outcome, @Nullable Throwable failure, Moment moment);
    }

    /**
     * Calls an action when the method has ended.
     *
     * @return what the caller gets in place of the result
     */
    static @Nullable Object whenEnded(ResultShape shape, @Nullable Object result, Action action) {
        if (shape.staged() && result instanceof CompletionStage<?> stage) {
            // the caller gets another stage than the one that acts: if he completes that himself, it would not act
            return shape.share(whenComplete(stage, action));
        }
        action.run(result, null, Moment.IN_CALL);
        return result;
    }

    /** Runs an action after a failure, which is what the caller is to get, whatever the action throws. */
    static void inSpiteOf(Throwable failure, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Calls an action when a stage that a method has returned ends, or at once if the stage cannot tell. */
    static CompletionStage<?> whenComplete(CompletionStage<?> stage, Action action) {
        Registration registration = new Registration();
        try {
            return stage.whenComplete(
                    (outcome, failure) -> action.run(outcome, causeOf(failure), registration.moment()));
        } catch (RuntimeException | Error failure) {
            inSpiteOf(failure, () -> action.run(null, failure, Moment.IN_CALL)); // nobody else will
            throw failure;
        } finally {
            registration.over = true;
        }
    }

    /** Tells a stage that had ended when it was returned from one that ended later. */
    private static final class Registration {

        private final Thread caller = Thread.currentThread();

        /** Asked and changed by the caller alone. */
        private boolean over;

        Moment moment() {
            return Thread.currentThread() == caller && !over ? Moment.IN_CALL : Moment.LATER;
        }
    }

    /** Returns what a stage failed with, without what stages wrap around it. */
    private static @Nullable Throwable causeOf(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
