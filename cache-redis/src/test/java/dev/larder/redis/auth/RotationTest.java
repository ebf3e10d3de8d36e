package dev.larder.redis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.event.connection.ReauthenticationEvent;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server, on which the password of the user changes while connections are in use. */
class RotationTest {

    private static final int ROUNDS = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final RedisServer server = RedisServer.builder().password("admin").start();
    private final AtomicReference<String> password = new AtomicReference<>("password-0");
    private final RenewingCredentials credentials = new RenewingCredentials(
            server.toString(),
            CredentialsProvider.from(() -> Credentials.of("app", password.get()), Duration.ofMillis(20)),
            Clock.system(),
            Timer.system(),
            ForkJoinPool.commonPool());
    private final RedisClient client = RedisClient.create(RedisURI.builder()
            .withHost(server.host())
            .withPort(server.port())
            .withAuthentication(credentials)
            .build());
    private final AtomicInteger reauthentications = new AtomicInteger();

    @BeforeEach
    void start() {
        server.call("ACL", "SETUSER", "app", "on", ">password-0", "~*", "+@all");
        client.setOptions(ClientOptions.builder()
                .reauthenticateBehavior(ReauthenticateBehavior.ON_NEW_CREDENTIALS)
                .build());
        client.getResources().eventBus().get().subscribe(event -> {
            if (event instanceof ReauthenticationEvent) {
                reauthentications.incrementAndGet();
            }
        });
    }

    @AfterEach
    void stop() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        credentials.close();
        server.close();
    }

    @Test
    void callsGoOnWhileThePasswordIsRotated() {
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            Load load = new Load(connection.sync());
            Thread thread = new Thread(load, "load");
            thread.start();

            for (int round = 1; round <= ROUNDS; round++) {
                rotate(round);
            }
            load.stop(thread);

            assertThat(load.failure.get()).isNull();
            assertThat(load.calls.get()).isGreaterThan(ROUNDS);
            assertThat(connection.sync().aclWhoami()).isEqualTo("app");
        }
    }

    @Test
    void connectionThatWasCutComesBackWithTheRotatedPassword() {
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            rotate(1);

            server.call("CLIENT", "KILL", "USER", "app");

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(connection.sync().ping()).isEqualTo("PONG"));
        }
    }

    @Test
    void connectionThatIsOpenedLaterHasTheRotatedPassword() {
        try (StatefulRedisConnection<String, String> first = client.connect()) {
            rotate(1);
            try (StatefulRedisConnection<String, String> second = client.connect()) {
                assertThat(second.sync().aclWhoami()).isEqualTo("app");
            }
        }
    }

    /** As it is done in life: both passwords hold until all connections have the new one. */
    private void rotate(int round) {
        int before = reauthentications.get();
        server.call("ACL", "SETUSER", "app", ">password-" + round);
        password.set("password-" + round);
        await().atMost(PATIENCE).until(() -> reauthentications.get() > before);
        server.call("ACL", "SETUSER", "app", "<password-" + (round - 1));
    }

    /** Calls without a pause. */
    private static final class Load implements Runnable {

        final AtomicInteger calls = new AtomicInteger();
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final RedisCommands<String, String> commands;

        Load(RedisCommands<String, String> commands) {
            this.commands = commands;
        }

        @Override
        public void run() {
            try {
                while (!stopped.get()) {
                    commands.set("key", String.valueOf(calls.incrementAndGet()));
                    commands.get("key");
                }
            } catch (RuntimeException e) {
                failure.set(e);
            }
        }

        void stop(Thread thread) {
            stopped.set(true);
            try {
                thread.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
