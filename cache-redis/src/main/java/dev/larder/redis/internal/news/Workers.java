package dev.larder.redis.internal.news;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes threads that are there while there is work. */
public final class Workers {

    private static final long KEEP_ALIVE_SECONDS = 5;

    private Workers() {}

    /** Returns what does one thing after the other. */
    public static ThreadPoolExecutor one(String name) {
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> newThread(task, name));
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    private static Thread newThread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null); // it would be held for as long as the thread
        return thread;
    }
}
