package dev.larder.redis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.event.connection.ReauthenticationEvent;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A cluster of one node: the connections to nodes, which lettuce opens by itself, must hear of a new password too. */
class ClusterRotationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicReference<String> password = new AtomicReference<>("one");
    private final AtomicInteger reauthentications = new AtomicInteger();

    @Test
    void connectionsToNodesAreToldOfARotatedPassword() {
        try (RedisServer server =
                        RedisServer.builder().cluster().password("admin").start();
                RenewingCredentials credentials = credentials(server)) {
            server.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            server.call("ACL", "SETUSER", "app", "on", ">one", "~*", "+@all");
            await().atMost(PATIENCE)
                    .until(() -> String.valueOf(server.call("CLUSTER", "INFO")).contains("cluster_state:ok"));
            RedisClusterClient client = client(server, credentials);
            try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
                connection.sync().set("key", "before");

                server.call("ACL", "SETUSER", "app", ">two");
                password.set("two");
                await().atMost(PATIENCE).until(() -> reauthentications.get() > 0);
                server.call("ACL", "SETUSER", "app", "<one");
                server.call("CLIENT", "KILL", "USER", "app");

                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .untilAsserted(
                                () -> assertThat(connection.sync().get("key")).isEqualTo("before"));
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            }
        }
    }

    private RenewingCredentials credentials(RedisServer server) {
        return new RenewingCredentials(
                server.toString(),
                CredentialsProvider.from(() -> Credentials.of("app", password.get()), Duration.ofMillis(20)),
                Clock.system(),
                Timer.system(),
                ForkJoinPool.commonPool());
    }

    private RedisClusterClient client(RedisServer server, RenewingCredentials credentials) {
        RedisClusterClient client = RedisClusterClient.create(RedisURI.builder()
                .withHost(server.host())
                .withPort(server.port())
                .withAuthentication(credentials)
                .build());
        client.setOptions(ClusterClientOptions.builder()
                .reauthenticateBehavior(ReauthenticateBehavior.ON_NEW_CREDENTIALS)
                .build());
        client.getResources().eventBus().get().subscribe(event -> {
            if (event instanceof ReauthenticationEvent) {
                reauthentications.incrementAndGet();
            }
        });
        return client;
    }
}
