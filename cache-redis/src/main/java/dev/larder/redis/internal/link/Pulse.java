package dev.larder.redis.internal.link;

import dev.larder.time.Clock;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.resource.ClientResources;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server at the other end each second whether it is there and still a primary. If not, the connection is dropped, and the next
 * one leads to who is the primary then: sentinels and the names of services know.
 *
 * <p>Without it a connection would stay with a primary that was demoted, and refuses writes, or whose machine is gone without a
 * word. What was sent on it stays unanswered, and is not sent again.
 */
final class Pulse implements Runnable, AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Pulse.class.getName());
    private static final long PERIOD_MILLIS = 1_000;

    /** Hears whether the server answers; called by threads of the client, which must not wait. */
    interface Listener {

        /** Called each second while the server owes an answer for a second or longer, also when the connection is gone. */
        void silent();

        /** Called with the first answer after that. */
        void answered();
    }

    private final String name;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final boolean toPrimary;
    private final @Nullable Listener listener;
    private final Future<?> beats;
    private @Nullable CompletableFuture<Greeting> asked;
    private long askedAtMillis;
    private volatile boolean silent;

    private Pulse(
            String name,
            StatefulRedisConnection<byte[], byte[]> connection,
            boolean toPrimary,
            ClientResources resources,
            @Nullable Listener listener) {
        this.name = name;
        this.connection = connection;
        this.toPrimary = toPrimary;
        this.listener = listener;
        this.beats = resources
                .eventExecutorGroup()
                .scheduleWithFixedDelay(this, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to ask a lone server, until it is closed. */
    static Pulse start(
            String name,
            StatefulRedisConnection<byte[], byte[]> connection,
            boolean toPrimary,
            ClientResources resources) {
        return new Pulse(name, connection, toPrimary, resources, null);
    }

    /** Begins to ask a node of a cluster, of whatever role, until it is closed. */
    static Pulse ofNode(
            String name,
            StatefulRedisConnection<byte[], byte[]> connection,
            ClientResources resources,
            Listener listener) {
        return new Pulse(name, connection, false, resources, listener);
    }

    @Override
    public void run() {
        if (asked != null && !asked.isDone()) {
            silent = true;
            if (Clock.system().millis() - askedAtMillis >= Options.SILENCE.toMillis()) {
                drop("has not answered for " + Options.SILENCE.toSeconds() + " s");
            }
        } else if (connection.isOpen()) {
            askedAtMillis = Clock.system().millis();
            asked = Greeting.of(connection);
            var unused = asked.thenAccept(this::judge);
        }
        if (silent && listener != null) {
            listener.silent();
        }
    }

    private void judge(Greeting greeting) {
        if (silent) {
            silent = false;
            if (listener != null) {
                listener.answered();
            }
        }
        if (toPrimary && !greeting.isPrimary()) {
            drop("is a primary no more");
        }
    }

    /** Drops the connection if the server owes an answer: nobody needs to wait for it any more. */
    void dropIfSilent() {
        if (silent) {
            drop("is a primary no more, and does not answer");
        }
    }

    private void drop(String reason) {
        LOGGER.log(Level.DEBUG, "{0} {1}: it is connected to anew", name, reason);
        if (((RedisChannelHandler<?, ?>) connection).getChannelWriter() instanceof DefaultEndpoint endpoint) {
            endpoint.disconnect();
        }
    }

    /** Asks no more. */
    @Override
    public void close() {
        beats.cancel(false);
    }
}
