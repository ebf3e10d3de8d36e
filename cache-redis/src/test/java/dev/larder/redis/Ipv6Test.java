package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.RedisServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Servers that are addressed by IPv6, where this machine has it. */
class Ipv6Test {

    @BeforeAll
    static void requireIpv6() {
        assumeTrue(hasIpv6(), "this machine has no IPv6");
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void serverIsUsed() {
        try (RedisServer server = reachedByBoth(RedisServer.builder()).start()) {
            assertUsed(RedisSettings.of(addressOf(server)));
        }
    }

    @Test
    void clusterThatAnnouncesSuchAddressesIsUsed() {
        try (RedisServer server = reachedByBoth(RedisServer.builder().cluster())
                .config("cluster-announce-ip ::1")
                .start()) {
            server.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> ("" + server.call("CLUSTER", "INFO")).contains("cluster_state:ok"));

            assertUsed(RedisSettings.ofCluster(List.of(addressOf(server))));
        }
    }

    @Test
    void addressIsInMessages() {
        assertThat(ConnectingTest.refusal(RedisSettings.of(URI.create("redis://[::1]:1")), "refused"))
                .hasMessageStartingWith("redis [::1]:1 cannot be reached: it refused the connection");
    }

    /** The kit itself asks by IPv4 whether the server is up. */
    private static RedisServerBuilder reachedByBoth(RedisServerBuilder builder) {
        return builder.config("bind 127.0.0.1 ::1");
    }

    private static URI addressOf(RedisServer server) {
        return URI.create("redis://[::1]:" + server.port());
    }

    private static void assertUsed(RedisSettings settings) {
        try (RedisStores stores = RedisStores.connect(settings);
                Store<String, String> store =
                        stores.stores().open(PatientContext.of("ipv6", String.class, String.class))) {
            store.write("key", Change.put("value", Ttl.ETERNAL));

            Entry<String> entry = store.read("key");
            assertThat(entry).isNotNull();
            assertThat(entry.value()).isEqualTo("value");
        }
    }
}
