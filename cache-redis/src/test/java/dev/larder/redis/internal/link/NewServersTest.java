package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a connection that was made anew counts as one to another server. */
class NewServersTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private final SocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
    private final Client<RedisClient> client = Client.of(Access.ofStranger());
    private final NewServers servers = new NewServers();
    private final AtomicInteger told = new AtomicInteger();
    private StatefulRedisConnection<byte[], byte[]> connection;

    @BeforeEach
    void connect() {
        connection = client.lettuce().connect(ByteArrayCodec.INSTANCE, RedisURI.create(proxy.host(), proxy.port()));
        servers.listen((changed, to) -> told.incrementAndGet());
        servers.onRedisConnected(handler(), address);
    }

    @AfterEach
    void close() {
        client.close();
        proxy.close();
        server.close();
    }

    private RedisChannelHandler<?, ?> handler() {
        return (RedisChannelHandler<?, ?>) connection;
    }

    private @Nullable Long number() {
        return ((StatefulRedisConnectionImpl<?, ?>) connection)
                .getConnectionState()
                .getConnectionId();
    }

    private void reset() {
        Long before = number();
        proxy.reset();
        await().atMost(SOON).until(() -> connection.isOpen() && !number().equals(before));
    }

    /** A channel that begins to connect now, and is connected when this is completed. */
    private CompletableFuture<Void> begin(@Nullable SocketAddress to) {
        CompletableFuture<Void> shaken = new CompletableFuture<>();
        ShakenChannel.begin(client, shaken, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                servers.onRedisConnected(handler(), to);
            }
        });
        return shaken;
    }

    @Test
    void sameServerCountsOn() {
        reset();
        begin(address).complete(null);

        assertThat(told).hasValue(0);
    }

    /** Both find the number that the last one of them was given. */
    @Test
    void twoChannelsAtATimeLeadToTheSameServer() {
        CompletableFuture<Void> one = begin(address);
        CompletableFuture<Void> other = begin(address);
        reset();

        one.complete(null);
        other.complete(null);

        assertThat(told).hasValue(0);
    }

    /** The tooth: what connects without a beginning is compared with the last one, whenever that came. */
    @Test
    void withoutTheirBeginningsTwoChannelsLookLikeTwoServers() {
        reset();

        servers.onRedisConnected(handler(), address);
        servers.onRedisConnected(handler(), address);

        assertThat(told).hasValue(1);
    }

    @Test
    void serverThatWasStartedAnewCountsFromTheBeginning() {
        for (int i = 0; i < 50; i++) {
            server.call("PING");
        }
        reset();
        begin(address).complete(null);
        Long before = number();

        server.restart();
        await().atMost(SOON).until(() -> connection.isOpen() && number() < before);
        begin(address).complete(null);

        assertThat(told).hasValue(1);
    }

    @Test
    void anotherAddressIsAnotherServer() {
        reset();
        begin(new InetSocketAddress(server.host(), server.port())).complete(null);

        assertThat(told).hasValue(1);
    }

    /** Both have begun when the first server was the last one known. */
    @Test
    void theWayBackFromAnotherAddressLeadsToAnotherServer() {
        CompletableFuture<Void> one = begin(new InetSocketAddress(server.host(), server.port()));
        CompletableFuture<Void> other = begin(address);
        reset();

        one.complete(null);
        other.complete(null);

        assertThat(told).hasValue(2);
    }

    @Test
    void whatIsGoneAgainTellsNothing() {
        begin(null).complete(null);
        reset();
        begin(address).complete(null);

        assertThat(told).hasValue(0);
    }
}
