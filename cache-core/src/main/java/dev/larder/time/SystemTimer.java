package dev.larder.time;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The delays of {@link CompletableFuture}, which share one daemon thread of the JDK. */
final class SystemTimer implements Timer {

    static final SystemTimer INSTANCE = new SystemTimer();

    private SystemTimer() {}

    @Override
    public void runAfter(long delayMillis, Runnable task, Executor executor) {
        Delays.runAfter(delayMillis, task, executor);
    }

    /** Initialised with the first delay: where nothing expires there is none, and need be no thread. */
    private static final class Delays {

        static {
            startThread();
        }

        /** Lets the JDK start its thread now: it inherits the context class loader of whoever comes first, for good. */
        private static void startThread() {
            Thread self = Thread.currentThread();
            ClassLoader contextLoader = self.getContextClassLoader();
            self.setContextClassLoader(null);
            try {
                CompletableFuture.delayedExecutor(0, TimeUnit.MILLISECONDS, Runnable::run)
                        .execute(() -> {});
            } finally {
                self.setContextClassLoader(contextLoader);
            }
        }

        static void runAfter(long delayMillis, Runnable task, Executor executor) {
            CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS, executor)
                    .execute(task);
        }
    }
}
