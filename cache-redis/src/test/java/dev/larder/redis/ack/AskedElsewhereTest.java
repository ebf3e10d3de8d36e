package dev.larder.redis.ack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.RedisStores;
import dev.larder.redis.TlsCluster;
import dev.larder.redis.config.Ack;
import dev.larder.store.Change;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slot is on its way to another node: a write that is sent there is acknowledged there. */
class AskedElsewhereTest {

    private static final String NAME = "asked" + UUID.randomUUID();

    private final RedisCluster cluster = TlsCluster.cluster();
    private RedisStores stores;
    private Store<String, String> store;
    private RedisServer source;
    private RedisServer target;
    private byte[] wire;
    private String slot;

    @BeforeEach
    void announce() {
        stores = RedisStores.connect(TlsCluster.settings().withAck(Ack.replicas(1)));
        store = stores.stores()
                .open(StoreContext.of(NAME, String.class, String.class).withStoreDeadline(Duration.ofSeconds(30)));
        put();
        source = cluster.primaries().stream()
                .filter(server -> !keys(server).isEmpty())
                .findFirst()
                .orElseThrow();
        target = cluster.primaries().stream()
                .filter(server -> server != source)
                .findFirst()
                .orElseThrow();
        wire = keys(source).get(0);
        slot = "" + call(source, bytes("CLUSTER"), bytes("KEYSLOT"), wire);
        call(source, bytes("UNLINK"), wire);
        target.call("CLUSTER", "SETSLOT", slot, "IMPORTING", "" + source.call("CLUSTER", "MYID"));
        source.call("CLUSTER", "SETSLOT", slot, "MIGRATING", "" + target.call("CLUSTER", "MYID"));
    }

    @AfterEach
    void takeBack() {
        try (Resp connection = target.connect()) {
            connection.call("ASKING");
            connection.call(bytes("UNLINK"), wire);
        }
        source.call("CLUSTER", "SETSLOT", slot, "STABLE");
        target.call("CLUSTER", "SETSLOT", slot, "STABLE");
        source.call("CONFIG", "SET", "cluster-preferred-endpoint-type", "ip");
        store.destroy();
        stores.close();
    }

    /** A node that is set so names no host: it means its own. */
    @ParameterizedTest
    @ValueSource(strings = {"ip", "unknown-endpoint"})
    void writeIsMadeAndAcknowledgedByTheNodeThatTheKeyGoesTo(String endpoint) {
        source.call("CONFIG", "SET", "cluster-preferred-endpoint-type", endpoint);
        long waits = waits(target);

        put();

        assertThat(target.call("CLUSTER", "COUNTKEYSINSLOT", slot)).isEqualTo(1L);
        assertThat(waits(target)).isGreaterThan(waits);
    }

    private void put() {
        assertThat(store.write(
                                "key",
                                Change.put("value", Ttl.ETERNAL).ifAbsent().tellingEffect())
                        .effect())
                .isEqualTo(Effect.CREATED);
    }

    private static long waits(RedisServer server) {
        Matcher found = Pattern.compile("cmdstat_wait:calls=(\\d+)").matcher("" + server.call("INFO", "commandstats"));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private static List<byte[]> keys(RedisServer server) {
        List<?> found = (List<?>) Objects.requireNonNull(call(server, bytes("KEYS"), bytes("larder:K*" + NAME + "*")));
        return found.stream().map(byte[].class::cast).toList();
    }

    private static Object call(RedisServer server, byte[]... words) {
        try (Resp connection = server.connect()) {
            return Objects.requireNonNull(connection.call(words));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
