package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.redis.internal.link.ForwardingLink;
import dev.larder.redis.internal.link.Link;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.RedisCommand;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many changes, one of which is to be taken back while there is no connection any more. */
class TakenBackTest {

    private RedisServer server;
    private RewiredStores stores;
    private BrokenOff link;
    private Store<String, String> store;

    /** Sends so many commands together, and nothing more. */
    private static final class BrokenOff extends ForwardingLink {

        private int left = Integer.MAX_VALUE;

        BrokenOff(Link link) {
            super(link);
        }

        @Override
        public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
            if (left-- > 0) {
                super.dispatch(commands);
            } else {
                commands.forEach(command -> command.completeExceptionally(
                        new RedisException("Currently not connected. Commands are rejected.")));
            }
        }
    }

    @BeforeEach
    void connect() {
        server = RedisServer.start();
        stores = RewiredStores.over(RedisSettings.of(URI.create(server.uri())), to -> {
            link = new BrokenOff(to);
            return link;
        });
        store = stores.stores().open(PatientContext.of("taken-back", String.class, String.class));
    }

    @AfterEach
    void disconnect() {
        store.close();
        stores.close();
        server.close();
    }

    @Test
    void whatOneOfManyCouldNotTakeBackMayBeThere() {
        Change<String> replacement = Change.put("new", Ttl.ETERNAL).ifPresent().returningPrevious();
        store.write("key", Change.put("old", Ttl.ETERNAL));
        store.writeAll(Map.of("another", replacement)); // the server knows the script from now on
        damage();
        link.left = 1;

        StoreException failure =
                catchThrowableOfType(StoreException.class, () -> store.writeAll(Map.of("key", replacement)));

        assertThat(failure.applied()).isEqualTo(Applied.UNKNOWN);
    }

    private void damage() {
        try (RedisClient client = RedisClient.create(server.uri())) {
            var commands = client.connect(ByteArrayCodec.INSTANCE).sync();
            byte[] key = commands.keys("larder:K*").get(0);
            byte[] frame = commands.get(key);
            frame[frame.length - 1]++;
            commands.set(key, frame);
        }
    }
}
