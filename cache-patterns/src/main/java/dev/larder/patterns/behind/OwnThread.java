package dev.larder.patterns.behind;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler with a daemon thread of its own. */
final class OwnThread implements Scheduler {

    private static final System.Logger LOGGER = System.getLogger(WriteBehind.class.getName());

    private final String name;
    private final ScheduledThreadPoolExecutor executor;

    OwnThread(String name) {
        this.name = name;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void after(long millis, Runnable task) {
        try {
            Future<?> unused = executor.schedule(() -> run(task), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // it has stopped
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(System.Logger.Level.ERROR, name + " failed, and goes on", e);
        }
    }

    @Override
    public void stop() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
                LOGGER.log(System.Logger.Level.WARNING, name + " still writes, and is left to itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
