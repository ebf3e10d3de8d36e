package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.ServerRefusal;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.Ttl;
import dev.larder.store.guard.GuardedStore;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.ForwardingStore;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import dev.larder.testkit.server.RespException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Real servers that refuse for a while all that they are asked: what is said of the call, what a cache makes of it, and that it ends. */
class RefusingServersTest {

    private static final String KEY = "key";
    private static final ProtocolKeyword RESET = () -> "RESET".getBytes(StandardCharsets.US_ASCII);
    private static final Duration LONG = Duration.ofSeconds(60);

    /** RESET makes a stranger of who is connected, as no other command does. */
    @Test
    void serverThatForgotWhoTheStoreIsRefusesUntilItDoesNotAsk() {
        try (RedisServer server = RedisServer.start();
                Client<RedisClient> client = Client.of(Access.ofStranger());
                StandaloneLink link = StandaloneLink.toPrimary(client, URI.create(server.uri()));
                Resp admin = server.connect()) {
            Calls calls = new Calls(link, LONG);
            calls.make("SET", Kind.WRITE, () -> link.commands().set(new byte[] {1}, new byte[] {2}));
            admin.call("CONFIG", "SET", "requirepass", "5ecret");
            calls.make(
                    "RESET",
                    Kind.WRITE,
                    () -> link.commands().dispatch(RESET, new StatusOutput<>(ByteArrayCodec.INSTANCE)));

            ServerRefusal refusal = catchThrowableOfType(
                    ServerRefusal.class,
                    () -> calls.make("SET", Kind.WRITE, () -> link.commands().set(new byte[] {1}, new byte[] {3})));
            assertThat(refusal.code()).isEqualTo("NOAUTH");
            assertThat(refusal.applied()).isEqualTo(Applied.NO);
            assertThat(refusal)
                    .hasMessage("redis 127.0.0.1:" + server.port() + " refused SET: NOAUTH Authentication required."
                            + " (it asks who the store is; write \"auth\")");

            admin.call("CONFIG", "SET", "requirepass", "");
            assertThat(calls.make("GET", Kind.READ, () -> link.commands().get(new byte[] {1})))
                    .containsExactly(2);
        }
    }

    @Test
    void serverThatLetsNobodyInAnyMoreIsDoneWithoutUntilItDoes() {
        try (RedisServer server = RedisServer.start();
                RedisStores stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
                Resp admin = server.connect()) {
            Store<String, String> store = open(stores);
            Store<String, String> guarded = guarded(stores);
            put(store, "first");
            admin.call("CONFIG", "SET", "requirepass", "5ecret");
            // who is connected stays who he is: so all are disconnected, and come back as strangers
            admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            await().atMost(LONG).untilAsserted(() -> {
                StoreException failure = catchThrowableOfType(StoreException.class, () -> put(store, "second"));
                assertThat(failure).isNotNull();
                assertThat(failure.applied()).isEqualTo(Applied.NO);
                assertThat(failure)
                        .hasMessageContaining("redis 127.0.0.1:" + server.port())
                        .hasMessageContaining("NOAUTH")
                        .hasMessageContaining("write \"auth\"");
            });
            assertDegraded(guarded);

            admin.call("CONFIG", "SET", "requirepass", "");
            assertServes(store, guarded);
        }
    }

    /** Puts go before what needs a script, and have been made when that is refused. */
    @Test
    void writesOfWhichTheServerRefusesOnlySomeMayHaveChangedSomething() {
        try (RedisServer server = RedisServer.start();
                RedisStores stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
                Resp admin = server.connect()) {
            Store<String, String> store = open(stores);
            Change<String> refused = Change.put("value", Ttl.ETERNAL).ifAbsent();
            admin.call("ACL", "SETUSER", "default", "-eval", "-evalsha");

            assertThat(appliedOf(store, Map.of("one", refused, "another", refused)))
                    .isEqualTo(Applied.NO);
            assertThat(appliedOf(store, Map.of("one", refused, KEY, Change.put("value", Ttl.ETERNAL))))
                    .isEqualTo(Applied.UNKNOWN);
            assertThat(store.read(KEY)).isNotNull();
        }
    }

    private static Applied appliedOf(Store<String, String> store, Map<String, Change<String>> changes) {
        return catchThrowableOfType(StoreException.class, () -> store.writeAll(changes))
                .applied();
    }

    /** The tooth: a store that removes nothing of what is pending, and says that it has. */
    @Test
    void withoutReplayTheReplacedValueIsReadAfterwards() {
        try (RedisServer server = RedisServer.start();
                RedisStores stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
                Resp admin = server.connect()) {
            Store<String, String> guarded =
                    new GuardedStore<>(forgetful(open(stores)), context(), OnStoreFailure.DEGRADE);
            guarded.write(KEY, Change.put("first", Ttl.ETERNAL));
            admin.call("CONFIG", "SET", "requirepass", "5ecret");
            admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            await().atMost(LONG).until(() -> guarded.read(KEY) == null);
            assertDegraded(guarded);

            admin.call("CONFIG", "SET", "requirepass", "");
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(guarded.read(KEY)).isNotNull().returns("first", Entry::value));
        }
    }

    private static <V> Store<String, V> forgetful(Store<String, V> store) {
        return new ForwardingStore<>(store) {
            @Override
            public Outcome<V> write(String key, Change<V> change) {
                return change.action() == Change.Action.REMOVE
                        ? Outcome.of(Outcome.Effect.ABSENT)
                        : super.write(key, change);
            }
        };
    }

    @Test
    void whoIsNotLetInWithItsPasswordAnyMoreIsToldSo() {
        try (RedisServer server =
                        RedisServer.builder().config("requirepass 0ld-5ecret").start();
                Resp admin = server.connect()) {
            admin.call("AUTH", "0ld-5ecret");
            RedisSettings settings = RedisSettings.of(URI.create(server.uri()))
                    .withAuth(new AuthSettings(null, "0ld-5ecret", null, null));
            try (RedisStores stores = RedisStores.connect(settings)) {
                Store<String, String> store = open(stores);
                put(store, "first");
                admin.call("CONFIG", "SET", "requirepass", "n3w-5ecret");
                admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(
                                        catchThrowableOfType(StoreException.class, () -> put(store, "second")))
                                .isNotNull()
                                .hasMessageContaining("WRONGPASS")
                                .hasMessageContaining("look at \"auth\"")
                                .hasMessageNotContainingAny("0ld-5ecret", "n3w-5ecret"));

                admin.call("CONFIG", "SET", "requirepass", "0ld-5ecret");
                await().atMost(LONG).ignoreExceptions().untilAsserted(() -> put(store, "last"));
            }
        }
    }

    /** What was is not told of a connection that is lost afterwards. */
    @Test
    void serverThatIsGoneIsSaidToBe() {
        try (RedisServer server = RedisServer.start();
                RedisStores stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri())))) {
            Store<String, String> store = open(stores);
            put(store, "first");
            server.kill();

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(
                                    catchThrowableOfType(StoreException.class, () -> put(store, "second")))
                            .isNotNull()
                            .hasMessageContaining("the last try to connect to 127.0.0.1:" + server.port())
                            .hasMessageContaining("Connection refused"));
        }
    }

    @Test
    void serverThatLoadsItsDataRefusesUntilItIsDone() {
        try (RedisServer server = RedisServer.builder()
                        .config("appendonly yes", "appendfsync always", "aof-use-rdb-preamble no", "key-load-delay 0")
                        .config("loading-process-events-interval-bytes 1024", "enable-debug-command local")
                        .start();
                RedisStores stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
                Resp admin = server.connect()) {
            Store<String, String> store = open(stores);
            Store<String, String> guarded = guarded(stores);
            put(store, "first");
            admin.call("EVAL", "for i = 1, 60000 do redis.call('SET', 'filler' .. i, i) end", "0");
            admin.call("CONFIG", "SET", "key-load-delay", "1000"); // microseconds for each of the 60,000
            Thread reload = new Thread(() -> reload(server), "reload");
            reload.start();

            awaitRefusal(() -> {}, store, "LOADING", server);
            assertDegraded(guarded);

            admin.call("CONFIG", "SET", "key-load-delay", "0");
            assertServes(store, guarded);
        }
    }

    private static void reload(RedisServer server) {
        try (Resp connection = server.connect()) {
            connection.call("DEBUG", "LOADAOF");
        } catch (UncheckedIOException e) {
            // it takes longer than this waits
        }
    }

    @Test
    void clusterThatLacksASlotRefusesUntilSomebodyHasIt() {
        try (RedisCluster cluster = RedisCluster.start();
                RedisStores stores = RedisStores.connect(RedisSettings.ofCluster(
                        cluster.seedUris().stream().map(URI::create).toList()))) {
            cluster.promoteAfter(Duration.ofSeconds(15));
            Store<String, String> store = open(stores);
            Store<String, String> guarded = guarded(stores);
            put(store, "first");
            String slot = "16000";
            RedisServer owner = cluster.primaryOf(16_000);
            awaitRefusal(() -> takeSlot(cluster, slot), store, "CLUSTERDOWN", null);
            assertDegraded(guarded);

            owner.call("CLUSTER", "ADDSLOTS", slot);
            assertServes(store, guarded);
        }
    }

    /** Takes it again, too, as what its owner said of it before may come to others after they let go of it. */
    private static void takeSlot(RedisCluster cluster, String slot) {
        for (RedisServer node : cluster.primaries()) {
            try {
                node.call("CLUSTER", "DELSLOTS", slot);
            } catch (RespException e) {
                assertThat(e).hasMessageContaining("already unassigned");
            }
        }
    }

    /** Waits until writes are refused with that word; and sees that nothing is guessed of them. */
    private static void awaitRefusal(
            Runnable before, Store<String, String> store, String code, @Nullable RedisServer server) {
        await().atMost(LONG)
                .ignoreExceptionsMatching(failure -> !(failure instanceof AssertionError))
                .untilAsserted(() -> {
                    before.run();
                    ServerRefusal refusal = catchThrowableOfType(ServerRefusal.class, () -> put(store, "second"));
                    assertThat(refusal).isNotNull();
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.applied()).isEqualTo(Applied.NO);
                    assertThat(refusal.getMessage()).contains(" refused ", code);
                    assertThat(refusal)
                            .hasMessageStartingWith("redis 127.0.0.1:" + (server == null ? "" : server.port()));
                });
    }

    private static void assertDegraded(Store<String, String> guarded) {
        assertThat(guarded.read(KEY)).isNull();
        assertThat(guarded.write(KEY, Change.put("third", Ttl.ETERNAL).orInvalidate())
                        .isApplied())
                .isTrue();
        assertThat(((GuardedStore<String, String>) guarded).status().degraded()).isTrue();
    }

    /** The value that was replaced while the server refused must not come back. */
    private static void assertServes(Store<String, String> store, Store<String, String> guarded) {
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            Entry<String> entry = guarded.read(KEY);
            assertThat(entry == null ? "nothing" : entry.value()).isNotEqualTo("first");
            guarded.readLatest(KEY);
            put(store, "last");
            Entry<String> last = store.read(KEY);
            assertThat(last == null ? "nothing" : last.value()).isEqualTo("last");
        });
    }

    private static void put(Store<String, String> store, String value) {
        store.write(KEY, Change.put(value, Ttl.ETERNAL));
    }

    private static StoreContext<String, String> context() {
        return PatientContext.of("refused", String.class, String.class);
    }

    private static Store<String, String> open(RedisStores stores) {
        return stores.stores().open(context());
    }

    private static Store<String, String> guarded(RedisStores stores) {
        return new GuardedStore<>(open(stores), context(), OnStoreFailure.DEGRADE);
    }
}
