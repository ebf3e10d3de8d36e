package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.auth.CapturedLog;
import dev.larder.redis.config.AuthSettings;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import dev.larder.testkit.server.SecuredCluster;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that refuses {@code CLIENT TRACKING}: what one JVM changes for all entries, the other hears of by pub/sub. */
class UntrackedFleetTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private RedisServer server;
    private RedisStores ours;
    private RedisStores theirs;
    private Store<String, String> here;
    private Store<String, String> there;

    @BeforeEach
    void connect() {
        server = RedisServer.builder()
                .users(
                        "admin",
                        "admin-5ecret",
                        "user default off",
                        "user admin on >admin-5ecret ~* &* +@all",
                        "user app on >app-5ecret " + SecuredCluster.ALLOWED + " -client|tracking")
                .start();
        RedisSettings settings =
                RedisSettings.of(URI.create(server.uri())).withAuth(new AuthSettings("app", "app-5ecret", null, null));
        ours = RedisStores.connect(settings);
        theirs = RedisStores.connect(settings);
        StoreContext<String, String> context = PatientContext.of("untracked", String.class, String.class);
        here = ours.stores().open(context);
        there = theirs.stores().open(context);
        awaitSubscribers();
    }

    private void awaitSubscribers() {
        await().atMost(SOON).until(() -> subscribers() == 2);
    }

    private long subscribers() {
        try (Resp admin = server.connect()) {
            return Arrays.stream(("" + admin.call("CLIENT", "LIST", "TYPE", "pubsub")).split("\n"))
                    .filter(line -> line.contains(" sub=1"))
                    .count();
        }
    }

    @AfterEach
    void disconnect() {
        here.close();
        there.close();
        ours.close();
        theirs.close();
        server.close();
    }

    @Test
    void refusalIsLoggedWithTheServerItsReasonAndTheStep() {
        disconnect();
        List<LogRecord> log = CapturedLog.of("dev.larder.redis.internal.state.PublishedChanges", this::connect);

        assertThat(log)
                .filteredOn(entry -> entry.getLevel().equals(Level.INFO))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.getMessage())
                        .startsWith("redis 127.0.0.1:" + server.port() + " refuses CLIENT TRACKING (NOPERM")
                        .endsWith("if its ACL is the reason, docs/redis.md has the line that is needed"));
    }

    @Test
    void clearsAndInvalidationsAreHeardOfAtOnce() {
        Propagation.assertImmediate(here, there);
    }

    @Test
    void changesAreHeardOfAgainAfterConnectionsWereCut() {
        try (Resp admin = server.connect()) {
            admin.call("CLIENT", "KILL", "TYPE", "pubsub");
        }
        awaitSubscribers();

        clearsAndInvalidationsAreHeardOfAtOnce();
    }

    /** The choice is made anew by each connection. */
    @Test
    void nobodySubscribesOnceTrackingIsPossible() {
        try (Resp admin = server.connect()) {
            admin.call("ACL", "SETUSER", "app", "+client|tracking");
            admin.call("CLIENT", "KILL", "TYPE", "normal");
        }

        await().atMost(SOON).until(() -> subscribers() == 0);
    }
}
