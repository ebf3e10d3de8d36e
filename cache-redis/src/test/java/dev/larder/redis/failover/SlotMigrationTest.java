package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisStores;
import dev.larder.redis.RewiredStores;
import dev.larder.redis.TlsCluster;
import dev.larder.redis.internal.link.CrippledClient;
import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreException;
import dev.larder.store.StoreFactory;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.TestCertificates;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moves a slot from one primary to another, step by step, and uses all keys at each step: MOVED and ASK are nobody's trouble. */
class SlotMigrationTest {

    private static final int KEYS = 200;

    /** Caches of others, and of other tests, have keys in the same cluster. */
    private final String name = "migration-" + UUID.randomUUID();

    private final RedisCluster cluster = TlsCluster.cluster();
    private final RedisServer source = cluster.primaries().get(0);
    private final RedisServer target = cluster.primaries().get(1);
    private RedisStores stores;
    private Store<Integer, String> store;

    @BeforeEach
    void fill() {
        stores = RedisStores.connect(TlsCluster.settings());
        store = open(stores.stores());
        putAll("before");
    }

    @AfterEach
    void close() {
        store.destroy();
        stores.close();
    }

    @Test
    void keysOfASlotThatMovesAreServedAllTheTime() {
        int slot = slotWithKeys();
        step("SETSLOT", target, slot, "IMPORTING", idOf(source));
        step("SETSLOT", source, slot, "MIGRATING", idOf(target));
        assertServed("announced");

        move(slot);
        assertServed("moved");

        for (RedisServer primary : List.of(target, source)) {
            step("SETSLOT", primary, slot, "NODE", idOf(target));
        }
        assertServed("owned");

        moveBack(slot);
    }

    /** The tooth: a client that takes being sent elsewhere for a failure. */
    @Test
    void whoFollowsNobodyIsNotServed() {
        try (RewiredStores rigid = RewiredStores.ofCluster(TlsCluster.settings(), CrippledClient::withoutRedirects);
                Store<Integer, String> lame = open(rigid.stores())) {
            int slot = slotWithKeys();
            step("SETSLOT", target, slot, "IMPORTING", idOf(source));
            step("SETSLOT", source, slot, "MIGRATING", idOf(target));
            move(slot);

            assertThatThrownBy(() -> IntStream.range(0, KEYS).forEach(lame::read))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("ASK");

            for (RedisServer primary : List.of(target, source)) {
                step("SETSLOT", primary, slot, "NODE", idOf(target));
            }
            assertServed("owned");
            moveBack(slot);
        }
    }

    private Store<Integer, String> open(StoreFactory stores) {
        return stores.open(PatientContext.of(name, Integer.class, String.class));
    }

    private void assertServed(String value) {
        putAll(value + " together");
        assertThat(readAll())
                .hasSize(KEYS)
                .allSatisfy((key, read) -> assertThat(read).isEqualTo(value + " together"));
        for (int key = 0; key < KEYS; key++) {
            assertThat(store.write(key, Change.put(value, Ttl.ETERNAL).ifPresent())
                            .isApplied())
                    .isTrue();
            assertThat(store.read(key))
                    .isNotNull()
                    .satisfies(entry -> assertThat(entry.value()).isEqualTo(value));
        }
    }

    private void putAll(String value) {
        Map<Integer, Outcome<String>> outcomes = store.writeAll(IntStream.range(0, KEYS)
                .boxed()
                .collect(Collectors.toMap(key -> key, key -> Change.put(value, Ttl.ETERNAL))));
        assertThat(outcomes.values()).allMatch(Outcome::isApplied);
    }

    private Map<Integer, String> readAll() {
        Map<Integer, String> read = new HashMap<>();
        store.readAll(IntStream.range(0, KEYS).boxed().collect(Collectors.toSet()), Ttl.UNCHANGED)
                .forEach((key, entry) -> read.put(key, entry.value()));
        return read;
    }

    private void step(String command, RedisServer at, int slot, String state, String node) {
        assertThat(at.call("CLUSTER", command, "" + slot, state, node)).isEqualTo("OK");
    }

    private static String idOf(RedisServer server) {
        return "" + server.call("CLUSTER", "MYID");
    }

    private int slotWithKeys() {
        int[] slot = new int[1];
        at(
                source,
                commands -> slot[0] =
                        SlotHash.getSlot(commands.keys("larder:K*" + name + "*").get(0)));
        return slot[0];
    }

    private void move(int slot) {
        at(source, commands -> {
            List<byte[]> keys = commands.clusterGetKeysInSlot(slot, 1_000);
            MigrateArgs<byte[]> arguments = new MigrateArgs<byte[]>().keys(keys).auth2("admin", "admin-5ecret");
            assertThat(commands.migrate(target.host(), target.port(), 0, 30_000, arguments))
                    .isEqualTo("OK");
        });
    }

    private void moveBack(int slot) {
        at(target, commands -> commands.clusterGetKeysInSlot(slot, 1_000).forEach(commands::del));
        RedisCluster.giveSlot(slot, target, source);
        cluster.awaitWhole(); // others share it
    }

    private static void at(RedisServer server, Consumer<RedisCommands<byte[], byte[]>> work) {
        RedisClient client = RedisClient.create(RedisURI.builder()
                .withHost(server.host())
                .withPort(server.port())
                .withSsl(true)
                .withAuthentication("admin", "admin-5ecret")
                .build());
        client.setOptions(ClientOptions.builder()
                .sslOptions(SslOptions.builder()
                        .trustManager(TestCertificates.ofThisJvm().authority().toFile())
                        .build())
                .build());
        try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            work.accept(connection.sync());
        } finally {
            client.shutdown();
        }
    }
}
