package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.Ttl;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection is lost with a change that depends on what was there, and nobody can connect again before the deadline. */
class LostForGoodTest {

    private static final String KEY = "key";
    private static final Duration DEADLINE = Duration.ofSeconds(6);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private final Client<RedisClient> client = Client.of(Access.ofStranger());
    private RedisStores theirs;
    private RewiredStores ours;
    private Store<String, String> there;
    private Store<String, String> here;

    /** Entries go by the proxy, and what is known of the cache comes straight from the server. */
    @BeforeEach
    void connect() {
        RedisSettings settings = RedisSettings.of(URI.create(server.uri()));
        theirs = RedisStores.connect(settings);
        there = theirs.stores().open(PatientContext.of("lost", String.class, String.class));
        there.write("another key", put("value").ifAbsent()); // the server knows the script from now on
        URI way = URI.create("redis://" + proxy.host() + ":" + proxy.port());
        ours = RewiredStores.over(settings, unused -> StandaloneLink.toPrimary(client, way));
        here = ours.stores()
                .open(StoreContext.of("lost", String.class, String.class).withStoreDeadline(DEADLINE));
        here.write("a third key", put("value").ifAbsent()); // the first call takes longer
    }

    @AfterEach
    void disconnect() {
        there.close();
        here.close();
        theirs.close();
        ours.close();
        client.close();
        proxy.close();
        server.close();
    }

    private static Change<String> put(String value) {
        return Change.put(value, Ttl.ETERNAL);
    }

    private CompletableFuture<?> change(String key, Change<String> change) {
        return CompletableFuture.runAsync(
                () -> here.write(key, change.tellingEffect()), command -> new Thread(command).start());
    }

    private long scripts() {
        return proxy.requestsByCommand().getOrDefault("EVALSHA", 0L);
    }

    private static void assertNobodyKnows(CompletableFuture<?> made) {
        assertThat(made)
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                .returns(Applied.UNKNOWN, StoreException::applied);
    }

    @Test
    void whoPutsAnAbsentKeyOrReplacesAnEntryIsToldAtTheDeadline() {
        there.write(KEY, put("old"));
        Entry<String> old = Objects.requireNonNull(there.read(KEY));
        long scripts = scripts();
        proxy.holdRequests();
        CompletableFuture<?> creation = change("absent key", put("new").ifAbsent());
        CompletableFuture<?> replacement = change(KEY, put("new").ifUnchanged(old));
        await().atMost(LONG).until(() -> scripts() == scripts + 2);

        proxy.close();

        assertNobodyKnows(creation);
        assertNobodyKnows(replacement);
    }
}
