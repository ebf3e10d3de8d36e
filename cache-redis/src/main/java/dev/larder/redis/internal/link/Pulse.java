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
final class Pulse implements Runnable {

    private static final System.Logger LOGGER = System.getLogger(Pulse.class.getName());
    private static final long PERIOD_MILLIS = 1_000;

    private final String name;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final boolean toPrimary;
    private @Nullable CompletableFuture<Greeting> asked;
    private long askedAtMillis;

    private Pulse(String name, StatefulRedisConnection<byte[], byte[]> connection, boolean toPrimary) {
        this.name = name;
        this.connection = connection;
        this.toPrimary = toPrimary;
    }

    /** Begins, until what is returned is cancelled. */
    static Future<?> start(
            String name,
            StatefulRedisConnection<byte[], byte[]> connection,
            boolean toPrimary,
            ClientResources resources) {
        return resources
                .eventExecutorGroup()
                .scheduleWithFixedDelay(
                        new Pulse(name, connection, toPrimary), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        if (asked != null && !asked.isDone()) {
            if (Clock.system().millis() - askedAtMillis >= Options.SILENCE.toMillis()) {
                asked = null;
                drop("has not answered for " + Options.SILENCE.toSeconds() + " s");
            }
        } else if (connection.isOpen()) {
            askedAtMillis = Clock.system().millis();
            asked = Greeting.of(connection);
            var unused = asked.thenAccept(this::judge);
        }
    }

    private void judge(Greeting greeting) {
        if (toPrimary && !greeting.isPrimary()) {
            drop("is a primary no more");
        }
    }

    private void drop(String reason) {
        LOGGER.log(Level.DEBUG, "{0} {1}: it is connected to anew", name, reason);
        if (((RedisChannelHandler<?, ?>) connection).getChannelWriter() instanceof DefaultEndpoint endpoint) {
            endpoint.disconnect();
        }
    }
}
