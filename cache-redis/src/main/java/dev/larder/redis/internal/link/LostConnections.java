package dev.larder.redis.internal.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows when what was sent over a connection that is lost can change nothing any more: a server may have it yet to read, or something on the way
 * may have it yet to deliver. It cannot once the server has forgotten the connection. Servers tell who is connected to
 * administrators alone; but every client may ask to have news sent to another, and is refused if there is none of that number.
 *
 * <p>Where a server does not say, it is waited for a while. Safe for use by many threads.
 */
final class LostConnections implements RedisConnectionStateListener, AutoCloseable {

    private static final long PROBE_MILLIS = 100;

    /** By then even a stalled path has delivered or given up what it had, as far as we care to wait. */
    private static final long LONGEST_MILLIS = 30_000;

    private static final String NO_SUCH_CLIENT = "does not exist";

    private final RedisClient client;
    private final RedisURI uri;
    private final Supplier<BooleanSupplier> replacement;
    private final long longestMillis;

    private volatile @Nullable SocketAddress address;
    private volatile boolean closed;
    private CompletableFuture<Void> passed = CompletableFuture.completedFuture(null);

    LostConnections(RedisClient client, RedisURI uri, StatefulRedisConnection<byte[], byte[]> connection) {
        this(client, uri, connection, () -> () -> false);
    }

    /**
     * Watches a connection.
     *
     * @param replacement is asked when the connection is lost for what tells whether its server has been replaced since
     */
    LostConnections(
            RedisClient client,
            RedisURI uri,
            StatefulRedisConnection<byte[], byte[]> connection,
            Supplier<BooleanSupplier> replacement) {
        this(client, uri, connection, replacement, LONGEST_MILLIS);
    }

    /** For tests, which cannot wait for so long. */
    LostConnections(
            RedisClient client,
            RedisURI uri,
            StatefulRedisConnection<byte[], byte[]> connection,
            Supplier<BooleanSupplier> replacement,
            long longestMillis) {
        this.client = client;
        this.uri = uri;
        this.replacement = replacement;
        this.longestMillis = longestMillis;
        connection.addListener(this);
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connected, SocketAddress newAddress) {
        address = newAddress;
    }

    /** Of two channels of the connection each is lost by itself, and asked for by its own number. */
    @Override
    public synchronized void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
        if (closed || Beginnings.isUnused()) {
            return;
        }
        CompletableFuture<Void> gone = new CompletableFuture<>();
        new Probe(Beginnings.number(), Beginnings.address(), replacement.get(), gone).later();
        passed = CompletableFuture.allOf(passed, gone.completeOnTimeout(null, longestMillis, TimeUnit.MILLISECONDS));
    }

    /**
     * Returns what completes when nothing that was sent over the connections lost so far can have an effect any more. Calls fail a
     * moment before it is known here that their connection is lost, so that moment is waited for.
     */
    CompletionStage<Void> passed() {
        return CompletableFuture.runAsync(() -> {}, afterMoment()).thenCompose(unused -> lostSoFar());
    }

    private synchronized CompletionStage<Void> lostSoFar() {
        return passed;
    }

    /** Asks no more: what is lost from now on is so on purpose. */
    @Override
    public void close() {
        closed = true;
    }

    private static Executor afterMoment() {
        return CompletableFuture.delayedExecutor(PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Asks for one lost connection, again and again. */
    private final class Probe {

        private final long lost;
        private final @Nullable SocketAddress lostAddress;
        private final BooleanSupplier replaced;
        private final CompletableFuture<Void> gone;

        /** Whether the server owes an answer; it may take its time. */
        private volatile boolean isAsked;

        Probe(long lost, @Nullable SocketAddress lostAddress, BooleanSupplier replaced, CompletableFuture<Void> gone) {
            this.lost = lost;
            this.lostAddress = lostAddress;
            this.replaced = replaced;
            this.gone = gone;
        }

        void later() {
            afterMoment().execute(this::ask);
        }

        private void ask() {
            if (closed || gone.isDone()) {
                return;
            }
            if (replaced.getAsBoolean()) {
                gone.complete(null);
                return;
            }
            if (lost >= 0 && !isAsked) { // nobody can be asked for a connection without a number
                isAsked = true;
                askServer();
            }
            later();
        }

        private void askServer() {
            var unused = client.connectAsync(ByteArrayCodec.INSTANCE, uri).whenComplete((asking, failure) -> {
                if (asking != null) {
                    askOver(asking);
                } else if (isNobodyThere(failure)) {
                    gone.complete(null);
                } else {
                    isAsked = false;
                }
            });
        }

        private void askOver(StatefulRedisConnection<byte[], byte[]> asking) {
            var unused = asking.async()
                    .clientId()
                    .thenCompose(own -> isAnotherServer(own)
                            ? CompletableFuture.completedFuture("OK")
                            : asking.async()
                                    .clientTracking(
                                            TrackingArgs.Builder.enabled().redirect(lost))
                                    .thenApply(told -> "there"))
                    .toCompletableFuture()
                    .orTimeout(Options.SILENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((told, failure) -> {
                        var unusedClosing = asking.closeAsync();
                        if ("OK".equals(told) || isRefusedAsUnknown(failure)) {
                            gone.complete(null);
                        } else {
                            isAsked = false;
                        }
                    });
        }

        /** Numbers of clients only grow, so a smaller one is a server that was started since; and a failover leads to another. */
        private boolean isAnotherServer(long own) {
            SocketAddress now = address;
            return own < lost || (now != null && lostAddress != null && !now.equals(lostAddress));
        }

        /** Nobody listens, so whoever had the connection has ended, and the connection with it. */
        private boolean isNobodyThere(@Nullable Throwable failure) {
            Throwable cause = failure;
            while (cause != null && !(cause instanceof ConnectException)) {
                cause = cause.getCause();
            }
            return cause != null && String.valueOf(cause.getMessage()).contains("refused");
        }

        private boolean isRefusedAsUnknown(@Nullable Throwable failure) {
            Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
            return cause instanceof RedisCommandExecutionException
                    && String.valueOf(cause.getMessage()).contains(NO_SUCH_CLIENT);
        }
    }
}
