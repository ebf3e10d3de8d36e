package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two sets of connections to one server, as two JVMs have them: what one changes for all entries, the other hears of. */
class FleetTest {

    /** Allows for a busy machine. How soon it is in calm, and without the channel, {@code RedisClearTest} of cache-conformance measures. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Tags RED = Tags.of(Set.of("red"));

    private static RedisServer server;

    private final String name = "fleet-" + UUID.randomUUID();
    private RedisStores ours;
    private RedisStores theirs;
    private Store<String, String> here;
    private Store<String, String> there;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() {
        RedisSettings settings = RedisSettings.of(URI.create(server.uri()));
        ours = RedisStores.connect(settings);
        theirs = RedisStores.connect(settings);
        StoreContext<String, String> context = PatientContext.of(name, String.class, String.class);
        here = ours.stores().open(context);
        there = theirs.stores().open(context);
    }

    @AfterEach
    void disconnect() {
        here.close();
        there.close();
        ours.close();
        theirs.close();
    }

    private static void put(Store<String, String> store, String key, String value) {
        store.write(key, Change.put(value, Ttl.ETERNAL));
    }

    private static @Nullable String get(Store<String, String> store, String key) {
        Entry<String> entry = store.read(key);
        return entry == null ? null : entry.value();
    }

    @Test
    void whatOnePutsTheOtherReads() {
        put(here, "key", "value");

        assertThat(get(there, "key")).isEqualTo("value");
    }

    @Test
    void clearIsHeardOfByTheOther() {
        put(there, "key", "value");

        here.clear();

        assertThat(get(here, "key")).isNull();
        await().atMost(SOON).until(() -> get(there, "key") == null);
    }

    @Test
    void invalidationOfATagIsHeardOfByTheOther() {
        there.write("key", Change.put("value", Ttl.ETERNAL).withTags(RED));
        assertThat(get(there, "key")).isEqualTo("value");

        here.invalidateTags(Set.of("red"));

        assertThat(get(here, "key")).isNull();
        await().atMost(SOON).until(() -> get(there, "key") == null);
    }

    @Test
    void clearIsHeardOfThoughTheChannelsWereCut() {
        put(there, "key", "value");
        killClients();

        await().atMost(SOON).ignoreExceptions().until(() -> {
            here.clear();
            return true;
        });

        await().atMost(SOON).ignoreExceptions().until(() -> get(there, "key") == null);
    }

    private static void killClients() {
        try (Resp admin = server.connect()) {
            admin.call("CLIENT", "KILL", "TYPE", "normal");
        }
    }

    /** The other puts by an epoch that is over. When it hears so, an older value must not come in the place of its own. */
    @Test
    void whatWasPutInAnEpochThatWasOverIsNotReplacedByWhatIsOlder() {
        put(there, "key", "before");
        for (int round = 0; round < 200; round++) {
            String mine = "newer " + round;
            here.clear();
            put(here, "key", "older " + round);
            put(there, "key", mine);

            assertThat(get(there, "key")).as("round " + round).isIn(mine, null);
            here.read("key");
            assertThat(get(there, "key")).as("round " + round).isIn(mine, null);
        }
    }

    @Test
    void entriesOfAnEpochThatIsOverAreSwept() {
        for (int i = 0; i < 2_000; i++) {
            put(here, "key " + i, "value");
        }
        assertThat(keysOnServer()).isGreaterThanOrEqualTo(2_000);

        here.clear();

        await().atMost(SOON).until(() -> keysOnServer() < 100);
    }

    /** Counts its own: what caches of other tests have left behind is nobody's business here. */
    private int keysOnServer() {
        return ((List<?>) Objects.requireNonNull(server.call("KEYS", "larder:K*" + name + "*"))).size();
    }
}
