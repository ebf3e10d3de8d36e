package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page of an iteration takes several requests, one after the other, to a server far away. */
class SlowWalkTest {

    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private final Client<RedisClient> client = Client.of(Access.ofStranger());

    @AfterEach
    void close() {
        client.close();
        proxy.close();
        server.close();
    }

    /** Each answer comes in time, and two of them do not. Entries go by the proxy, and what is known of the cache comes straight from the server. */
    @Test
    void pageHasTheTimeOfOneOperation() {
        RedisSettings settings = RedisSettings.of(URI.create(server.uri()));
        URI way = URI.create("redis://" + proxy.host() + ":" + proxy.port());
        try (RedisStores direct = RedisStores.connect(settings);
                RewiredStores slow = RewiredStores.over(settings, unused -> StandaloneLink.toPrimary(client, way));
                Store<String, String> store =
                        direct.stores().open(PatientContext.of("walked", String.class, String.class));
                Store<String, String> walked = slow.stores()
                        .open(StoreContext.of("walked", String.class, String.class)
                                .withStoreDeadline(DEADLINE));
                Cursor<String, String> cursor = walked.scan()) {
            store.write("key", Change.put("value", Ttl.ETERNAL));
            proxy.delayReplies(DEADLINE.dividedBy(10).multipliedBy(7));

            assertThatThrownBy(cursor::advance).isInstanceOf(StoreException.class);
            proxy.pass();
        }
    }
}
