package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RespTest {

    private static RedisServer server;
    private final Resp redis = server.connect();

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @AfterEach
    void closeConnection() {
        redis.close();
    }

    @Test
    void repliesAreStringsNumbersListsAndNulls() {
        assertThat(redis.call("SET", "text", "Grüße")).isEqualTo("OK");
        assertThat(redis.call("GET", "text")).isEqualTo("Grüße");
        assertThat(redis.call("GET", "nothing")).isNull();
        assertThat(redis.call("RPUSH", "list", "a", "b")).isEqualTo(2L);
        assertThat(redis.call("LRANGE", "list", "0", "-1")).isEqualTo(List.of("a", "b"));
        assertThat(redis.call("MGET", "nothing", "text")).isEqualTo(Arrays.asList(null, "Grüße"));
    }

    @Test
    void bytesComeBackAsTheyWere() {
        byte[] key = {0, -1, '\r', '\n'};
        byte[] value = {'\r', '\n', -128, 0};

        redis.call(bytes("SET"), key, value);

        assertThat(redis.call(bytes("GET"), key)).isEqualTo(value);
    }

    @Test
    void errorIsThrownAndTheConnectionGoesOn() {
        assertThatThrownBy(() -> redis.call("NONSENSE"))
                .isInstanceOf(RespException.class)
                .hasMessageStartingWith("ERR unknown command");

        assertThat(redis.call("PING")).isEqualTo("PONG");
    }

    @Test
    void errorInsideAListIsAnElement() {
        redis.call("SET", "word", "x");
        redis.call("MULTI");
        redis.call("INCR", "word");
        redis.call("PING");

        assertThat(redis.call("EXEC"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(RespException.class),
                        second -> assertThat(second).isEqualTo("PONG"));
    }

    @Test
    void commandsThatWereSentTogetherAreAnsweredInOrder() {
        redis.send("SET", "n", "1");
        redis.send("INCR", "n");

        assertThat(redis.receive()).isEqualTo("OK");
        assertThat(redis.receive()).isEqualTo(2L);
    }

    @Test
    void endOfTheConnectionIsAFailure() {
        redis.call("CLIENT", "SETNAME", "me");
        server.call("CLIENT", "KILL", "TYPE", "normal");

        assertThatThrownBy(() -> redis.call("PING"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
