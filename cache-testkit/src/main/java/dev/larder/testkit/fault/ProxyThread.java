package dev.larder.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The only thread that touches a {@link ProxyLoop}. What others want of the loop is done by this thread too, and has been
 * done when their call returns.
 */
final class ProxyThread {

    private static final long SECONDS_TO_OBEY = 10;

    private final ProxyLoop loop;
    private final Queue<FutureTask<?>> orders = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean isClosed;

    ProxyThread(ProxyLoop loop) {
        this.loop = loop;
        this.thread = new Thread(this::run, "tcp-proxy-" + loop.port());
        thread.setDaemon(true);
        thread.start();
    }

    /** Something to do with the loop. */
    @FunctionalInterface
    interface Order {
        void run() throws IOException;
    }

    private void run() {
        try {
            while (!isClosed) {
                loop.await();
                obey();
                loop.advance();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            isClosed = true;
            closeLoop();
            obey();
        }
    }

    private void obey() {
        for (FutureTask<?> order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
    }

    private void closeLoop() {
        try {
            loop.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets the thread do something, and waits until it is done.
     *
     * @throws IllegalStateException if the proxy is closed
     */
    void order(Order order) {
        ask(() -> {
            order.run();
            return true;
        });
    }

    /**
     * Lets the thread find out something.
     *
     * @throws IllegalStateException if the proxy is closed
     */
    <T> T ask(Callable<T> question) {
        if (isClosed) {
            throw new IllegalStateException("the proxy is closed");
        }
        FutureTask<T> task = new FutureTask<>(question);
        orders.add(task);
        loop.wakeUp();
        return await(task);
    }

    private static <T> T await(FutureTask<T> task) {
        try {
            return task.get(SECONDS_TO_OBEY, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the proxy failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the proxy is busy, or was closed meanwhile", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the proxy", e);
        }
    }

    /** Ends the thread, which closes all connections. Returns when it has ended. */
    void close() {
        isClosed = true;
        loop.wakeUp();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_OBEY));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
