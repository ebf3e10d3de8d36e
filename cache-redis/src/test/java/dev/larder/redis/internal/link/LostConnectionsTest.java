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
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
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
    void connectionWithoutANumberIsNotOver() {
        assertIsNotOver(loseWithoutANumber(lostConnections(NEVER, () -> false)));
    }

    @Test
    void connectionWithoutANumberIsOverAfterAWhile() {
        assertIsOver(loseWithoutANumber(lostConnections(300, () -> false)));
    }

    @Test
    void connectionToAServerThatWasReplacedIsOver() {
        AtomicBoolean replaced = new AtomicBoolean();

        CompletableFuture<Void> over = loseWithoutANumber(lostConnections(NEVER, replaced::get));
        assertIsNotOver(over);
        replaced.set(true);

        assertIsOver(over);
    }

    /** lettuce can make two channels for a connection at the same time; the one that is lost has a number of its own. */
    @Test
    void ofTwoChannelsTheOneThatIsLostIsAskedFor() {
        LostConnections lost = lostConnections(NEVER, () -> false);
        EmbeddedChannel known = channel(lost, connection.sync().clientId());
        EmbeddedChannel forgotten = channel(lost, 4_711);

        forgotten.pipeline().fireChannelInactive();
        assertIsOver(lost.passed().toCompletableFuture());
        known.pipeline().fireChannelInactive();
        assertIsNotOver(lost.passed().toCompletableFuture());
    }

    /** Nothing was sent over it, so nobody needs to be asked, whose answer would take its time. */
    @Test
    void channelThatIsLostInItsHandshakeIsOverAtOnce() {
        LostConnections lost = lostConnections(NEVER, () -> false);

        channel(lost, new CompletableFuture<>()).pipeline().fireChannelInactive();

        assertIsOver(lost.passed().toCompletableFuture());
    }

    /** A channel of the connection which the server has told that number. */
    private EmbeddedChannel channel(LostConnections lost, long number) {
        CompletableFuture<Void> shaken = new CompletableFuture<>();
        EmbeddedChannel channel = channel(lost, shaken);
        channel.writeInbound(Unpooled.copiedBuffer("%1\r\n$2\r\nid\r\n:" + number + "\r\n", StandardCharsets.UTF_8));
        shaken.complete(null);
        return channel;
    }

    private EmbeddedChannel channel(LostConnections lost, CompletableFuture<Void> shaken) {
        return ShakenChannel.begin(client, shaken, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelInactive(ChannelHandlerContext context) {
                lost.onRedisDisconnected(handler());
            }
        });
    }

    private RedisChannelHandler<?, ?> handler() {
        return (RedisChannelHandler<?, ?>) connection;
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
        ((DefaultEndpoint) handler().getChannelWriter()).disconnect();
    }

    /** By a thread that tells of no channel. */
    private CompletableFuture<Void> loseWithoutANumber(LostConnections lost) {
        lost.onRedisDisconnected(handler());
        return lost.passed().toCompletableFuture();
    }

    private static void assertIsNotOver(CompletableFuture<Void> over) {
        await().during(Duration.ofMillis(800)).atMost(Duration.ofSeconds(60)).until(() -> !over.isDone());
    }

    private static void assertIsOver(CompletableFuture<Void> over) {
        await().atMost(Duration.ofSeconds(60)).until(over::isDone);
    }
}
