package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.internal.link.ServerRefusal;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that do not do what they are asked: what becomes of the call, and of the ones after it. */
class RefusalsTest {

    private final RedisServer server = RedisServer.start();
    private RedisStores stores;
    private Store<String, String> store;

    @BeforeEach
    void open() {
        stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
        store = stores.stores().open(PatientContext.of("refusals", String.class, String.class));
        put("first");
    }

    @AfterEach
    void close() {
        store.close();
        stores.close();
        server.close();
    }

    @Test
    void serverThatIsAReplicaRefusesWritesAndChangesNothing() {
        server.call("REPLICAOF", "127.0.0.1", "1");
        server.call("CONFIG", "SET", "replica-serve-stale-data", "yes");

        assertRefused("READONLY");

        server.call("REPLICAOF", "NO", "ONE");
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> put("second"));
    }

    @Test
    void fullServerRefusesWritesAndAnswersReads() {
        server.call("CONFIG", "SET", "maxmemory", "1");

        assertRefused("OOM");
        assertThat(read()).isEqualTo("first");

        server.call("CONFIG", "SET", "maxmemory", "0");
        assertThat(put("second")).isTrue();
    }

    @Test
    void userWhoMayNotIsRefused() {
        server.call("ACL", "SETUSER", "admin", "on", "nopass", "~*", "+@all");
        server.call("ACL", "SETUSER", "default", "-set");

        assertRefused("NOPERM");
    }

    /** That another script is not known to it is the tooth: one that has been sent before is gone. */
    @Test
    void serverThatForgotAllScriptsIsTaughtThem() {
        Object digest = server.call("SCRIPT", "LOAD", "return 1");
        server.call("SCRIPT", "FLUSH");
        assertThatThrownBy(() -> server.call("EVALSHA", "" + digest, "0")).hasMessageContaining("NOSCRIPT");

        assertThat(store.write("key", Change.put("second", Ttl.ETERNAL).ifPresent())
                        .isApplied())
                .isTrue();
    }

    @Test
    void serverThatIsStartedAgainIsFoundWithoutHelp() {
        server.kill();
        assertThatThrownBy(this::read).hasMessageContaining("redis 127.0.0.1:" + server.port());

        server.restart();
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> put("second"));
        assertThat(read()).isEqualTo("second");
    }

    private void assertRefused(String code) {
        ServerRefusal refusal = catchThrowableOfType(ServerRefusal.class, () -> put("second"));

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.applied()).isEqualTo(Applied.NO);
        assertThat(refusal).hasMessageStartingWith("redis 127.0.0.1:" + server.port() + " refused SET: " + code);
    }

    private boolean put(String value) {
        return store.write("key", Change.put(value, Ttl.ETERNAL)).isApplied();
    }

    private String read() {
        Entry<String> entry = store.read("key");
        return entry == null ? "nothing" : entry.value();
    }
}
