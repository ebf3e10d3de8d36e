package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes to nodes whose connections are opened, down or closed when the test says so. No replica has to have them. */
class NodeWritesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int CAPACITY = 10;
    private static final String IF_NOT = "Not now.";

    private final NodeWrites nodes =
            new NodeWrites(connection -> new ReplicatedWrites(connection, 0, CAPACITY), CAPACITY);
    private final CompletableFuture<StatefulRedisConnection<byte[], byte[]>> opening = new CompletableFuture<>();
    private RedisServer server;
    private RedisClient client;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        client = RedisClient.create(server.uri());
    }

    @AfterEach
    void end() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        server.close();
    }

    private StatefulRedisConnection<byte[], byte[]> connection() {
        return client.connect(ByteArrayCodec.INSTANCE);
    }

    private final List<AsyncCommand<byte[], byte[], String>> answers = new ArrayList<>();

    private void send(int number) {
        List<HeldWrite<?>> writes = IntStream.range(0, number)
                .<HeldWrite<?>>mapToObj(i -> {
                    AsyncCommand<byte[], byte[], String> answer = new AsyncCommand<>(
                            new Command<>(CommandType.PING, new StatusOutput<>(ByteArrayCodec.INSTANCE)));
                    answers.add(answer);
                    return new HeldWrite<>(
                            answer,
                            new ServerWrites(nodes.over(connection())),
                            Clock.system().nanos() + LONG.toNanos());
                })
                .toList();
        nodes.send(opening, writes, IF_NOT);
    }

    /** The tooth: refused at once, while reads wait. */
    @Test
    void writeWaitsUntilTheConnectionIsOpen() {
        send(1);
        assertThat(answers.get(0)).isNotDone();

        opening.complete(connection());

        assertThat(answers.get(0)).succeedsWithin(LONG).isEqualTo("PONG");
    }

    @Test
    void writeIsRefusedWhenTheConnectionCannotBeOpened() {
        send(1);

        opening.completeExceptionally(new RedisConnectionException("refused"));

        assertThat(answers.get(0)).failsWithin(LONG).withThrowableThat().withMessageContaining(IF_NOT);
    }

    @Test
    void moreThanMayWaitAreRefused() {
        send(CAPACITY);
        send(1);

        assertThat(answers.get(CAPACITY))
                .failsWithin(LONG)
                .withThrowableThat()
                .withMessageContaining("Too many writes wait for a connection");
        assertThat(answers.subList(0, CAPACITY)).noneMatch(AsyncCommand::isDone);
    }

    @Test
    void connectionThatIsDownKeepsWhoWritesOverIt() {
        StatefulRedisConnection<byte[], byte[]> down = connection();
        StatefulRedisConnection<byte[], byte[]> closed = connection();
        ReplicatedWrites overDown = nodes.over(down);
        ReplicatedWrites overClosed = nodes.over(closed);
        closed.close();
        StatefulRedisConnection<byte[], byte[]> next = connection();
        server.kill();
        await().atMost(Duration.ofSeconds(60)).until(() -> !down.isOpen());

        nodes.over(next);

        assertThat(nodes.over(down)).isSameAs(overDown);
        assertThat(nodes.over(closed)).isNotSameAs(overClosed);
    }
}
