package dev.larder.redis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.ConnectTimeouts;
import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisStores;
import dev.larder.redis.TlsCluster;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import dev.larder.testkit.server.SecuredCluster;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster with TLS, on which the password of a user who may do no more than needed changes while connections are in use. */
@Timeout(600)
class ClusterRotationTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int ROUNDS = STRESS ? 30 : 10;
    private static final Duration PERIOD = Duration.ofMillis(STRESS ? 2_000 : 100);
    private static final int THREADS = 4;
    private static final Duration TO_CONNECT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String USER = "rotated";

    private final RedisCluster cluster = TlsCluster.cluster();

    /** Connections of the administrator, which stay, as each that is made would count as one that authenticates. */
    private final Map<RedisServer, Resp> administrators =
            cluster.nodes().stream().collect(Collectors.toMap(Function.identity(), RedisServer::connect));

    private final AtomicReference<String> password = new AtomicReference<>("password-0");
    private final CredentialsProvider credentials =
            CredentialsProvider.from(() -> Credentials.of(USER, password.get()), Duration.ofMillis(20));

    @BeforeEach
    void createUser() {
        onAllNodes("ACL", "LOG", "RESET");
        onAllNodes(("ACL SETUSER " + USER + " on >password-0 " + SecuredCluster.ALLOWED).split(" ", -1));
    }

    @AfterEach
    void dropUser() {
        onAllNodes("ACL", "DELUSER", USER);
        administrators.values().forEach(Resp::close);
    }

    private void onAllNodes(String... command) {
        cluster.nodes().forEach(node -> call(node, command));
    }

    private Object call(RedisServer node, String... command) {
        return Objects.requireNonNull(
                Objects.requireNonNull(administrators.get(node)).call(command));
    }

    private RedisStores connect() {
        return RedisStores.connect(ConnectTimeouts.of(TlsCluster.strangersSettings(), TO_CONNECT), credentials);
    }

    private static Store<Integer, String> open(RedisStores stores) {
        return stores.stores().open(PatientContext.of("rotated", Integer.class, String.class));
    }

    @Test
    void noCallFailsWhileThePasswordIsRotated() throws InterruptedException {
        try (RedisStores stores = connect();
                Store<Integer, String> store = open(stores);
                StoreLoad load = StoreLoad.start(store, THREADS)) {
            for (int round = 1; round <= ROUNDS; round++) {
                rotate(round);
                assertThatAnotherCanConnect();
            }

            await().atMost(PATIENCE).until(() -> load.calls() > 100L * ROUNDS);
            assertThat(load.stop()).isEmpty();
            System.getLogger(getClass().getName())
                    .log(Level.INFO, "{0} calls, {1} passwords, no failure", load.calls(), ROUNDS);
        }
        assertThat(cluster.nodes())
                .allSatisfy(node -> assertThat(call(node, "ACL", "LOG").toString())
                        .as("refused by %s", node)
                        .doesNotContain("reason, auth"));
    }

    /** As it is done in life: both passwords hold until all connections have the new one. */
    private void rotate(int round) throws InterruptedException {
        Map<RedisServer, Long> before =
                cluster.primaries().stream().collect(Collectors.toMap(Function.identity(), this::authentications));
        onAllNodes("ACL", "SETUSER", USER, ">password-" + round);
        password.set("password-" + round);
        TimeUnit.MILLISECONDS.sleep(PERIOD.toMillis());
        before.forEach((node, count) -> await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(authentications(node))
                        .as(() -> String.valueOf(call(node, "CLIENT", "LIST")))
                        .isGreaterThanOrEqualTo(count + connections(node))));
        onAllNodes("ACL", "SETUSER", USER, "<password-" + (round - 1));
    }

    private void assertThatAnotherCanConnect() {
        try (RedisStores other = connect();
                Store<Integer, String> store = open(other)) {
            store.read(0);
        }
    }

    /** Returns how often somebody authenticated on a connection that was there already. */
    private long authentications(RedisServer node) {
        return call(node, "INFO", "commandstats")
                .toString()
                .lines()
                .filter(line -> line.startsWith("cmdstat_auth:"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    /** Counts those that are in use: lettuce keeps one beside them to each node that told it of the others, and asks nothing more there. */
    private long connections(RedisServer node) {
        return call(node, "CLIENT", "LIST")
                .toString()
                .lines()
                .filter(line -> line.contains(" user=" + USER + " ") && !line.contains(" cmd=cluster|nodes "))
                .count();
    }

    @Test
    void lostConnectionsComeBackWithTheRotatedPassword() throws InterruptedException {
        try (RedisStores stores = connect();
                Store<Integer, String> store = open(stores)) {
            store.write(1, Change.put("before", Ttl.ETERNAL));
            rotate(1);
            onAllNodes("CLIENT", "KILL", "USER", USER);

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(store.readValue(1)).isEqualTo("before"));
        }
    }

    /** The tooth: calls of a user who is gone fail, and are counted. */
    @Test
    void whoIsNotKnownAnyMoreFails() throws InterruptedException {
        try (RedisStores stores = connect();
                Store<Integer, String> store = open(stores);
                StoreLoad load = StoreLoad.start(store, THREADS)) {
            onAllNodes("ACL", "DELUSER", USER);

            await().atMost(PATIENCE).until(load::hasFailed);
            assertThat(load.stop()).isNotEmpty();
        }
    }

    @Test
    void passwordThatNobodyKnowsIsRefused() {
        password.set("unknown");

        assertThatThrownBy(this::connect).isInstanceOf(StoreException.class).hasMessageNotContaining("unknown");
    }

    @Test
    void credentialsOfSettingsAndOfCodeCannotBeCombined() {
        assertThatThrownBy(() -> RedisStores.connect(TlsCluster.settings(), credentials))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave one of them out");
    }
}
