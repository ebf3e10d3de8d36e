package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.ack.PrimaryAndReplica;
import dev.larder.time.Clock;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds of writes over one connection. */
class ReplicatedWritesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int CAPACITY = 10;

    private static PrimaryAndReplica servers;
    private static Client<RedisClient> client;
    private static StandaloneLink link;

    private ReplicatedWrites writes;
    private ServerWrites routes;

    @BeforeAll
    static void connect() {
        servers = PrimaryAndReplica.start();
        client = Client.of(Access.ofStranger());
        link = StandaloneLink.toPrimary(client, URI.create(servers.primary().uri()));
    }

    @AfterAll
    static void disconnect() {
        link.close();
        client.close();
        servers.close();
    }

    @BeforeEach
    void create() {
        writes = new ReplicatedWrites(link.connection(), 1, CAPACITY);
        routes = new ServerWrites(writes);
    }

    @AfterEach
    void resume() {
        servers.replica().resume();
    }

    private AsyncCommand<byte[], byte[], String> send(String value, Duration time) {
        CommandArgs<byte[], byte[]> arguments =
                new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(bytes("key")).addValue(bytes(value));
        AsyncCommand<byte[], byte[], String> answer = new AsyncCommand<>(
                new Command<>(CommandType.SET, new StatusOutput<>(ByteArrayCodec.INSTANCE), arguments));
        writes.send(List.of(new HeldWrite<>(answer, routes, Clock.system().nanos() + time.toNanos())));
        return answer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitAtPrimary(String value) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> value.equals(servers.primary().call("GET", "key")));
    }

    @Test
    void writeIsCompleteWhenAReplicaHasIt() {
        assertThat(send("value", LONG)).succeedsWithin(LONG).isEqualTo("OK");

        assertThat(servers.replica().call("GET", "key")).isEqualTo("value");
    }

    /** What the next connection says of replicas is true of what was written over that one alone: of nothing. */
    @Test
    void whatWasWrittenOverAnotherConnectionIsNotConfirmed() {
        servers.replica().pause();
        AsyncCommand<byte[], byte[], String> write = send("before", LONG);
        awaitAtPrimary("before");

        writes.onRedisDisconnected(null);
        writes.onRedisConnected(null, new InetSocketAddress(0));
        servers.replica().resume();

        assertThat(write)
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(RedisException.class)
                .withMessageContaining("connection was lost");
    }

    @Test
    void writeThatIsRefusedWaitsForNobody() {
        servers.replica().pause();
        servers.primary().call("CONFIG", "SET", "maxmemory", "1");

        assertThat(send("value", LONG)).failsWithin(LONG).withThrowableThat().withMessageContaining("OOM");

        servers.primary().call("CONFIG", "SET", "maxmemory", "0");
    }

    @Test
    void moreThanThereIsRoomForIsRefusedAndNotSent() {
        List<HeldWrite<?>> many = IntStream.range(0, CAPACITY + 1)
                .<HeldWrite<?>>mapToObj(i -> new HeldWrite<>(
                        new AsyncCommand<>(
                                new Command<>(CommandType.FLUSHALL, new StatusOutput<>(ByteArrayCodec.INSTANCE))),
                        routes,
                        Long.MAX_VALUE))
                .toList();
        assertThat(send("stays", LONG)).succeedsWithin(LONG);

        writes.send(many);

        assertThat(many).allMatch(HeldWrite::isDone);
        assertThat(servers.primary().call("GET", "key")).isEqualTo("stays");
    }

    @Test
    void writeThatIsLateBeforeItIsSentIsNotSent() {
        assertThat(send("first", LONG)).succeedsWithin(LONG);

        assertThat(send("late", Duration.ofMillis(-1)))
                .failsWithin(LONG)
                .withThrowableThat()
                .withMessageContaining("took too long");
        assertThat(servers.primary().call("GET", "key")).isEqualTo("first");
    }
}
