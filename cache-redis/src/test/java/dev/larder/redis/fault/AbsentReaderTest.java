package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.RewiredStores;
import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.TriedOnce;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreFactory;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
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
                Store<String, String> store = filled(stores.stores());

                replica.restart();
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                    store.read("key");
                    return isRead(replica);
                });
            }
        }
    }

    /** The tooth. */
    @Test
    void replicaThatIsNotTriedAgainIsNeverRead() {
        try (RedisServer primary = RedisServer.start();
                RedisServer replica = RedisServer.builder()
                        .config("replicaof " + primary.host() + " " + primary.port())
                        .start()) {
            replica.kill();
            URI absent = URI.create(replica.uri());
            try (Client<RedisClient> client = Client.of(Access.ofStranger());
                    RewiredStores stores = RewiredStores.over(
                            RedisSettings.of(URI.create(primary.uri())),
                            link -> TriedOnce.over(link, client, absent))) {
                Store<String, String> store = filled(stores.stores());

                replica.restart();
                await().during(Duration.ofSeconds(3))
                        .atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> {
                            store.read("key");
                            return !isRead(replica);
                        });
            }
        }
    }

    private static Store<String, String> filled(StoreFactory stores) {
        Store<String, String> store = stores.open(
                PatientContext.of("absent", String.class, String.class).withLeases(false));
        store.write("key", Change.put("value", Ttl.ETERNAL));
        assertThat(store.read("key")).isNotNull();
        return store;
    }

    private static boolean isRead(RedisServer replica) {
        return String.valueOf(replica.call("INFO", "commandstats")).contains("cmdstat_get:");
    }
}
