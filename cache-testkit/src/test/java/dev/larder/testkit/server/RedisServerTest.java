package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisServerTest {

    @Test
    void startedServerAnswers() {
        try (RedisServer redis = RedisServer.start()) {
            redis.call("SET", "greeting", "hello");

            assertThat(redis.call("GET", "greeting")).isEqualTo("hello");
            assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + redis.port());
        }
    }

    @Test
    void closedServerLeavesNoProcess() {
        RedisServer redis = RedisServer.start();
        long pid = redis.pid();

        redis.close();

        assertThat(redis.isRunning()).isFalse();
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void serversHavePortsAndContentsOfTheirOwn() {
        try (RedisServer one = RedisServer.start();
                RedisServer other = RedisServer.start()) {
            one.call("SET", "k", "v");

            assertThat(other.port()).isNotEqualTo(one.port());
            assertThat(other.call("GET", "k")).isNull();
        }
    }

    @Test
    void killedServerIsGoneUntilItIsRestarted() {
        try (RedisServer redis = RedisServer.start()) {
            int port = redis.port();
            redis.call("SET", "k", "v");

            redis.kill();

            assertThat(redis.isRunning()).isFalse();
            assertThatThrownBy(() -> redis.call("PING")).isInstanceOf(UncheckedIOException.class);

            redis.restart();

            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.call("GET", "k")).isNull();
        }
    }

    @Test
    void appendOnlyServerHasItsContentAfterBeingKilled() {
        try (RedisServer redis = RedisServer.builder().appendOnly().start()) {
            redis.call("SET", "k", "v");

            redis.kill();
            redis.restart();

            assertThat(redis.call("GET", "k")).isEqualTo("v");
        }
    }

    @Test
    void pausedServerIsSilentUntilItIsResumed() {
        try (RedisServer redis = RedisServer.start();
                Resp connection = Resp.connect(redis.host(), redis.port(), null, Duration.ofMillis(200))) {
            redis.pause();

            assertThat(redis.isRunning()).isTrue();
            assertThatThrownBy(() -> connection.call("PING")).isInstanceOf(UncheckedIOException.class);

            redis.resume();

            assertThat(redis.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void pausedServerCanBeRestartedAndClosed() {
        RedisServer redis = RedisServer.start();
        redis.pause();

        redis.restart();

        assertThat(redis.call("PING")).isEqualTo("PONG");
        redis.pause();
        redis.close();
        assertThat(redis.isRunning()).isFalse();
    }

    @Test
    void linesOfTheConfigurationWin() {
        try (RedisServer redis =
                RedisServer.builder().config("maxmemory 10mb", "save 60 1").start()) {
            assertThat(redis.call("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "10485760"));
            assertThat(redis.call("CONFIG", "GET", "save")).isEqualTo(List.of("save", "60 1"));
        }
    }

    @Test
    void passwordIsAskedFor() {
        try (RedisServer redis = RedisServer.builder().password("secret").start();
                Resp stranger = Resp.connect(redis.host(), redis.port())) {
            assertThat(redis.call("PING")).isEqualTo("PONG");
            assertThatThrownBy(() -> stranger.call("PING"))
                    .isInstanceOfSatisfying(
                            RespException.class, e -> assertThat(e.code()).isEqualTo("NOAUTH"));
        }
    }

    @Test
    void usersOfTheAclFileAreLimitedToWhatItAllows() {
        try (RedisServer redis = RedisServer.builder()
                        .users(
                                "admin",
                                "secret",
                                "user default off",
                                "user admin on >secret ~* &* +@all",
                                "user reader on >pass ~* +get +ping")
                        .start();
                Resp reader = Resp.connect(redis.host(), redis.port())) {
            reader.call("AUTH", "reader", "pass");

            assertThat(reader.call("GET", "k")).isNull();
            assertThatThrownBy(() -> reader.call("SET", "k", "v"))
                    .isInstanceOf(RespException.class)
                    .hasMessageStartingWith("NOPERM");
            assertThat(redis.call("ACL", "WHOAMI")).isEqualTo("admin");
        }
    }

    @Test
    void serverThatCannotStartShowsItsLog() {
        assertThatThrownBy(
                        () -> RedisServer.builder().config("no-such-setting 1").start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("no-such-setting");
    }
}
