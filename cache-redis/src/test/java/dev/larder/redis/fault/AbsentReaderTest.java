package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A replica that is down when the application starts does not stop it, and is read once it is there. */
class AbsentReaderTest {

    @Test
    void primaryIsReadUntilTheReplicaIsThere() {
        try (RedisServer primary = RedisServer.start();
                RedisServer replica = RedisServer.builder()
                        .config("replicaof " + primary.host() + " " + primary.port())
                        .start()) {
            replica.kill();
            RedisSettings settings =
                    RedisSettings.of(URI.create(primary.uri())).withStaleReads(List.of(URI.create(replica.uri())));
            try (RedisStores stores = RedisStores.connect(settings)) {
                Store<String, String> store = stores.stores()
                        .open(StoreContext.of("absent", String.class, String.class)
                                .withLeases(false));
                store.write("key", Change.put("value", Ttl.ETERNAL));
                assertThat(store.read("key")).isNotNull();

                replica.restart();
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    store.read("key");
                    return String.valueOf(replica.call("INFO", "commandstats")).contains("cmdstat_get:");
                });
            }
        }
    }
}
