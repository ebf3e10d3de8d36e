package dev.larder.redis.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SweeperTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofMillis(Unswept.QUIET_AFTER_MILLIS);

    private static RedisServer server;
    private static Client<RedisClient> client;
    private static StandaloneLink link;

    private final FakeTime time = new FakeTime();
    private final KeySpace space = new KeySpace("", UUID.randomUUID().toString(), 0);
    private final Calls calls = new Calls(link, Options.CONNECT_TIMEOUT);
    private final CacheState state = new CacheState("larder:", space, new Scripts(link), new Scripts(link), time);
    private final Sweeper sweeper = new Sweeper(link, calls, "larder:");

    @BeforeAll
    static void connect() {
        server = RedisServer.start();
        client = Client.of(Access.ofStranger());
        link = StandaloneLink.toPrimary(client, URI.create(server.uri()));
    }

    @AfterAll
    static void disconnect() {
        link.close();
        client.close();
        server.close();
    }

    @AfterEach
    void close() {
        sweeper.close();
    }

    private void put(long epoch) {
        byte[] key = StateKeys.entries("larder:", space, epoch);
        calls.make("SET", Calls.Kind.WRITE, () -> link.commands().set(key, new byte[] {1}));
    }

    private boolean isThere(long epoch) {
        byte[] key = StateKeys.entries("larder:", space, epoch);
        return calls.make("EXISTS", Calls.Kind.READ, () -> link.commands().exists(key)) > 0;
    }

    private List<Long> unswept() {
        byte[] key = state.key();
        return calls.make("ZRANGE", Calls.Kind.READ, () -> link.commands().zrange(key, 0, -1)).stream()
                .filter(member -> member[0] == 'S')
                .map(member -> ByteBuffer.wrap(member).getLong(1))
                .toList();
    }

    private void beat() {
        state.refresh(calls);
        state.sweep(sweeper);
    }

    /** The tooth: a sweep at once forgets the epoch, and what a JVM writes in it that has not heard of the clear stays for good. */
    @Test
    void whatIsWrittenShortlyAfterAClearIsSweptAsWell() {
        state.refresh(calls);
        long before = state.epoch();
        put(before);
        state.clear(calls);
        time.advance(QUIET.minusMillis(1));
        beat();
        await().during(Duration.ofMillis(200))
                .atMost(SOON)
                .until(() -> unswept().equals(List.of(before)));

        put(before);
        time.advance(Duration.ofMillis(1));
        await().atMost(SOON).until(() -> {
            beat();
            return unswept().isEmpty();
        });

        assertThat(isThere(before)).isFalse();
    }
}
