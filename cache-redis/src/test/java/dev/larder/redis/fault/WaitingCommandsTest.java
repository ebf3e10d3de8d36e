package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.redis.tls.Tls;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What waits on a connection: no more commands than the settings say, none while it is lost, and none for a second time. The tooth of the last two is
 * lettuce as it comes, which keeps what it cannot send, and sends once more what was not answered.
 */
class WaitingCommandsTest {

    private static final int CALLS = 100;
    private static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern SETS = Pattern.compile("cmdstat_set:calls=(\\d+)");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private final String address = "redis://" + proxy.host() + ":" + proxy.port();

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void commandsThatFindNoRoomAreRefusedAndNeverSent() {
        int room = 20;
        try (Client<RedisClient> client = client(room);
                StandaloneLink link = StandaloneLink.toPrimary(client, URI.create(address))) {
            Calls calls = new Calls(link, LONG);

            List<CompletableFuture<String>> refused = refusedByANetworkThatSwallowsAll(link, CALLS - room);
            assertThat(refused).hasSizeBetween(CALLS - room, CALLS - room + 1); // the pulse may have taken a place
            assertThat(refused)
                    .allSatisfy(each -> assertThat(catchThrowableOfType(
                                            StoreException.class, () -> calls.await("SET", Kind.WRITE, each))
                                    .applied())
                            .isEqualTo(Applied.NO));

            proxy.pass();
            await().atMost(LONG).until(() -> answers(link.commands()));
            assertThat(sets()).isEqualTo(CALLS - refused.size());
        }
    }

    /** The tooth. */
    @Test
    void withoutABoundAllOfThemWait() {
        try (Client<RedisClient> client = client(CALLS * 10);
                StandaloneLink link = StandaloneLink.toPrimary(client, URI.create(address))) {
            assertThat(refusedByANetworkThatSwallowsAll(link, 0)).isEmpty();
            proxy.pass();
        }
    }

    /** Faults take no room along: the pulse of the connection has one place of it. */
    @Test
    void afterFaultsThereIsRoomForAsManyAsBefore() {
        try (Client<RedisClient> client = client(CALLS + 1);
                StandaloneLink link = StandaloneLink.toPrimary(client, URI.create(address))) {
            for (int round = 0; round < 5; round++) {
                endure(link, proxy::blackHole);
                endure(link, () -> proxy.cutRepliesAfter(1));
                endure(link, this::disconnect);
            }

            proxy.blackHole();
            List<CompletableFuture<String>> fitting = setMany(link.commands());
            List<CompletableFuture<String>> more = setMany(link.commands());
            await().atMost(LONG).until(() -> refused(more).size() >= CALLS - 1);
            assertThat(refused(fitting)).isEmpty();
            proxy.pass();
        }
    }

    private void disconnect() {
        proxy.refuse();
        proxy.reset();
    }

    /** Lets more commands come than there is room for while something is wrong. */
    private void endure(StandaloneLink link, Runnable fault) {
        fault.run();
        setMany(link.commands());
        setMany(link.commands());
        proxy.pass();
        await().atMost(LONG).until(() -> answers(link.commands()));
    }

    private List<CompletableFuture<String>> refusedByANetworkThatSwallowsAll(StandaloneLink link, int awaited) {
        proxy.blackHole();
        List<CompletableFuture<String>> answers = setMany(link.commands());
        await().atMost(LONG).until(() -> refused(answers).size() >= awaited);
        return refused(answers);
    }

    private static List<CompletableFuture<String>> setMany(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        return IntStream.range(0, CALLS)
                .mapToObj(i -> commands.set(KEY, KEY).toCompletableFuture())
                .toList();
    }

    private static List<CompletableFuture<String>> refused(List<CompletableFuture<String>> answers) {
        return answers.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .toList();
    }

    @Test
    void commandsForALostConnectionAreRefusedAtOnceAndNeverSent() {
        try (Client<RedisClient> client = client(10_000);
                StandaloneLink link = StandaloneLink.toPrimary(client, URI.create(address))) {
            assertThat(waitingWhileDisconnected(link.commands(), LONG)).isZero();
            assertThat(sets()).isZero();

            assertThat(incrementsMadeOfOne(link.commands())).isEqualTo("1");
        }
    }

    @Test
    void lettuceAsItComesKeepsThemAndSendsWhatItSentBefore() {
        RedisClient client = RedisClient.create(address);
        try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            assertThat(waitingWhileDisconnected(connection.async(), Duration.ofSeconds(1)))
                    .isEqualTo(CALLS);
            assertThat(sets()).isEqualTo(CALLS);

            assertThat(incrementsMadeOfOne(connection.async())).isEqualTo("2");
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    /** Returns how many commands wait while there is no connection, if not all are refused soon, and lets there be one again. */
    private int waitingWhileDisconnected(RedisClusterAsyncCommands<byte[], byte[]> commands, Duration soon) {
        proxy.refuse();
        proxy.reset();
        await().atMost(LONG).until(() -> !answers(commands));

        List<CompletableFuture<String>> answers = setMany(commands);
        long end = Clock.system().nanos() + soon.toNanos();
        while (refused(answers).size() < CALLS && Clock.system().nanos() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        int waiting = CALLS - refused(answers).size();
        proxy.pass();
        await().atMost(LONG).until(() -> answers(commands));
        return waiting;
    }

    /** Loses the answer to an increment together with the connection, and returns what the server counts when there is one again. */
    private Object incrementsMadeOfOne(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        byte[] counter = "counter".getBytes(StandardCharsets.US_ASCII);
        proxy.cutRepliesAfter(0);
        var unused = commands.incr(counter);
        await().atMost(LONG).until(() -> "1".equals(server.call("GET", "counter")));
        proxy.pass();
        await().atMost(LONG).until(() -> answers(commands));
        return server.call("GET", "counter");
    }

    private static boolean answers(RedisClusterAsyncCommands<byte[], byte[]> commands) throws InterruptedException {
        try {
            commands.get(KEY).toCompletableFuture().get(1, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private long sets() {
        Matcher found = SETS.matcher("" + server.call("INFO", "commandstats"));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private static Client<RedisClient> client(int queue) {
        return Client.of(new Access(null, null, Tls.ofJdk(), "larder", Options.CONNECT_TIMEOUT, queue));
    }
}
