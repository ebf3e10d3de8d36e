package dev.larder.store.guard;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes lines to the log one after the other, by a thread that goes when all are written. A caller who has waited for a store as long as he
 * may must not wait for the log too, which takes tens of milliseconds for the first line of a program, and hangs with a disk that does.
 *
 * <p>Lines behind one that hangs are left out when there are very many. Safe for use by many threads.
 */
final class LogWriter implements Executor {

    private static final int MOST_LINES = 1_000;

    private final ThreadPoolExecutor thread;

    LogWriter() {
        this(LogWriter::newThread);
    }

    /** Lets the thread be made by that. */
    LogWriter(ThreadFactory threads) {
        thread = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.NANOSECONDS,
                new LinkedBlockingQueue<>(MOST_LINES),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    private static Thread newThread(Runnable lines) {
        Thread thread = new Thread(null, lines, "larder-log", 0, false);
        thread.setDaemon(true); // or a disk that hangs would keep a program from its end
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Lets a line be written soon. */
    @Override
    public void execute(Runnable line) {
        try {
            thread.execute(line);
        } catch (OutOfMemoryError e) {
            line.run(); // no thread is to be had, and an error from here would hide how the caller's operation ended
        }
    }
}
