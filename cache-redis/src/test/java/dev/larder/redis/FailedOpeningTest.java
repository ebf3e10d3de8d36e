package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.config.Ack;
import dev.larder.redis.config.AuthSettings;
import dev.larder.store.StoreException;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.RedisServerBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is opened before something cannot be, here the right to WAIT, is closed again: no connection, no thread, and nobody who asks what became of them. */
class FailedOpeningTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** A lost connection is asked for ten times a second, and made anew at least once. */
    private static final Duration A_WHILE = Duration.ofMillis(1_500);

    private final Set<Thread> threadsBefore = threads();

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lettuce"))
                .collect(Collectors.toSet());
    }

    private static RedisServerBuilder withoutWait() {
        return RedisServer.builder()
                .users("admin", "admin", "user admin on >admin ~* &* +@all", "user app on >app ~* &* +@all -wait");
    }

    private static void open(RedisSettings settings) {
        assertThatThrownBy(() -> RedisStores.connect(settings.withAuth(new AuthSettings("app", "app", null, null))
                                .withAck(Ack.replicas(1)))
                        .close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("refused WAIT");
    }

    @Test
    void nothingIsLeftOfAServer() {
        try (RedisServer server = withoutWait().start();
                TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            open(RedisSettings.of(URI.create("redis://" + proxy.host() + ":" + proxy.port())));

            await().atMost(SOON).until(() -> proxy.openConnections() == 0);
            long connections = proxy.connections();
            await().during(A_WHILE).atMost(SOON).until(() -> proxy.connections() == connections);
            awaitEndOfThreads();
        }
    }

    @Test
    void nothingIsLeftOfACluster() {
        try (RedisServer server = withoutWait().cluster().start()) {
            server.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            await().atMost(SOON)
                    .until(() -> String.valueOf(server.call("CLUSTER", "INFO")).contains("cluster_state:ok"));

            open(RedisSettings.ofCluster(List.of(URI.create(server.uri()))));

            await().during(A_WHILE)
                    .atMost(SOON)
                    .until(() -> !String.valueOf(server.call("CLIENT", "LIST")).contains("name=larder"));
            awaitEndOfThreads();
        }
    }

    private void awaitEndOfThreads() {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(threads()).filteredOn(Thread::isAlive).isSubsetOf(threadsBefore));
    }
}
