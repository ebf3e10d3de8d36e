package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.DefaultEndpoint;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When what was sent over a lost connection counts as over. */
class LostConnectionsTest {

    private static final long NEVER = Duration.ofMinutes(10).toMillis();

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private final Client<RedisClient> client = Client.of(Access.ofStranger());
    private StatefulRedisConnection<byte[], byte[]> connection;
    private LostConnections watched;

    @BeforeEach
    void connect() {
        connection = client.lettuce().connect(ByteArrayCodec.INSTANCE, RedisURI.create(proxy.host(), proxy.port()));
    }

    @AfterEach
    void close() {
        watched.close();
        client.close();
        proxy.close();
        server.close();
    }

    @Test
    void connectionThatTheServerHasForgottenIsOver() {
        LostConnections lost = lostConnections(NEVER, () -> false);
        assertThat(connection.sync().clientId()).isPositive(); // so the number is known

        assertIsOver(lose(lost));
    }

    /** Its number was in the greeting, before which nothing is sent over it: under resets, connections are lost that soon, and nobody should wait long for each. */
    @Test
    void connectionThatIsLostAsSoonAsItIsThereIsOver() {
        LostConnections lost = lostConnections(NEVER, () -> false);
        assertThat(connection.sync().clientId()).isPositive();
        AtomicInteger made = new AtomicInteger();
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connected, SocketAddress address) {
                if (made.incrementAndGet() == 1) { // this thread reads all answers, and so has read none
                    disconnect();
                }
            }
        });

        disconnect();
        await().atMost(Duration.ofSeconds(60)).until(() -> made.get() == 2);

        assertIsOver(lost.passed().toCompletableFuture());
    }

    /** Without a number the server cannot be asked, and its word for some other number must not be taken. */
    @Test
    void connectionThatWasLostBeforeItsNumberWasKnownIsNotOver() {
        proxy.delayReplies(Duration.ofMinutes(1));

        CompletableFuture<Void> over = lose(lostConnections(NEVER, () -> false));

        await().during(Duration.ofMillis(800)).atMost(Duration.ofSeconds(60)).until(() -> !over.isDone());
    }

    @Test
    void connectionWithoutANumberIsOverAfterAWhile() {
        proxy.delayReplies(Duration.ofMinutes(1));

        assertIsOver(lose(lostConnections(300, () -> false)));
    }

    @Test
    void connectionToAServerThatWasReplacedIsOver() {
        proxy.delayReplies(Duration.ofMinutes(1));
        AtomicBoolean replaced = new AtomicBoolean();

        CompletableFuture<Void> over = lose(lostConnections(NEVER, replaced::get));
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(60)).until(() -> !over.isDone());
        replaced.set(true);

        assertIsOver(over);
    }

    private LostConnections lostConnections(long longestMillis, BooleanSupplier replaced) {
        RedisURI direct = RedisURI.create(server.host(), server.port());
        watched = new LostConnections(client.lettuce(), direct, connection, () -> replaced, longestMillis);
        return watched;
    }

    private CompletableFuture<Void> lose(LostConnections lost) {
        AtomicBoolean isLost = new AtomicBoolean(); // it is back at once, so whether it is open tells nothing
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
                isLost.set(true);
            }
        });
        disconnect();
        await().atMost(Duration.ofSeconds(60)).untilTrue(isLost);
        return lost.passed().toCompletableFuture();
    }

    private void disconnect() {
        ((DefaultEndpoint) ((RedisChannelHandler<?, ?>) connection).getChannelWriter()).disconnect();
    }

    private static void assertIsOver(CompletableFuture<Void> over) {
        await().atMost(Duration.ofSeconds(60)).until(over::isDone);
    }
}
