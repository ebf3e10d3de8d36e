package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A put whose TTLs of creation and update differ, and what it takes for an entry whose deadline is to be kept. */
class UsualPutTest {

    private static final String KEY = "key";
    private static final Change<String> PUT = Change.put("value", Ttl.ofMillis(60_000), Ttl.UNCHANGED);

    private RedisServer server;
    private RedisStores stores;
    private Store<String, String> store;

    @BeforeEach
    void open() {
        server = RedisServer.start();
        stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
        store = stores.stores().open(PatientContext.of("cache", String.class, String.class));
    }

    @AfterEach
    void close() {
        store.close();
        stores.close();
        server.close();
    }

    @Test
    void creationBeginsItsTime() {
        store.write(KEY, PUT);

        assertThat(millisLeft()).isBetween(30_000L, 60_000L);
    }

    @Test
    void updateKeepsTheDeadline() {
        store.write(KEY, PUT);
        onServer("redis.call('PEXPIRE', key, 20000)");

        store.write(KEY, PUT);

        assertThat(millisLeft()).isBetween(1L, 20_000L);
    }

    @Test
    void updateOfAnEternalEntryKeepsItEternal() {
        store.write(KEY, PUT);
        onServer("redis.call('PERSIST', key)");

        store.write(KEY, PUT);

        assertThat(millisLeft()).isEqualTo(-1);
    }

    @Test
    void foreignBytesAreNoEntry() {
        store.write(KEY, PUT);
        onServer("redis.call('SET', key, 'foreign')");

        store.write(KEY, PUT);

        assertThat(millisLeft()).isBetween(30_000L, 60_000L);
        assertThat(store.readValue(KEY)).isEqualTo("value");
    }

    @Test
    void anotherTypeIsNoEntry() {
        store.write(KEY, PUT);
        onServer("redis.call('DEL', key) redis.call('HSET', key, 'field', 'value')");

        store.write(KEY, PUT);

        assertThat(millisLeft()).isBetween(30_000L, 60_000L);
        assertThat(store.readValue(KEY)).isEqualTo("value");
    }

    private long millisLeft() {
        return (Long) onServer("return redis.call('PTTL', key)");
    }

    /** Runs a script on the only key of an entry that there is; its bytes are no text. */
    private Object onServer(String script) {
        Object answer = server.call("EVAL", "local key = redis.call('KEYS', 'larder:K*')[1] " + script, "0");
        return answer == null ? "" : answer;
    }
}
