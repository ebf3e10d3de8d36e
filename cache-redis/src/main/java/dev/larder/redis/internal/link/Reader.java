package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A replica that is used while it is there; it need not be at the start, and is connected to as soon as it is. Safe for use by many threads. */
final class Reader implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Reader.class.getName());
    private static final long RETRY_MILLIS = 1_000;

    private final Supplier<StandaloneLink> connect;
    private volatile @Nullable StandaloneLink link;
    private boolean closed;

    /**
     * Connects, or will do so later if nobody is there.
     *
     * @throws StoreException if somebody is there who cannot be used
     */
    Reader(Supplier<StandaloneLink> connect) {
        this.connect = connect;
        try {
            link = connect.get();
        } catch (StoreException e) {
            if (!isNobodyThere(e)) {
                throw e;
            }
            LOGGER.log(Level.WARNING, "{0}; others are read, and it is when it is there", e.getMessage());
            later();
        }
    }

    private static boolean isNobodyThere(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return String.valueOf(failure.getMessage()).contains("timed out");
    }

    private void later() {
        CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, ownThread())
                .execute(this::connectOrLater);
    }

    /** To connect may take seconds, for which no thread of a pool is to be had. */
    private static Executor ownThread() {
        return work -> {
            Thread thread = new Thread(work, "larder-reader");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        };
    }

    private void connectOrLater() {
        if (isClosed()) {
            return;
        }
        try {
            keep(connect.get());
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, "a replica cannot be connected to yet", e);
            later();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void keep(StandaloneLink connected) {
        if (closed) {
            connected.close();
        } else {
            link = connected;
        }
    }

    /** Returns the way to it if there is a connection now, else null. */
    @Nullable
    Link ifOpen() {
        StandaloneLink now = link;
        return now != null && now.isOpen() ? now : null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        StandaloneLink now = link;
        if (now != null) {
            now.close();
        }
    }
}
