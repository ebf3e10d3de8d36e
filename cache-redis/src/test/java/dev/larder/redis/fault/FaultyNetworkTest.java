package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import dev.larder.store.guard.GuardedStore;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Networks and servers that fail in each of the ways they do, several times: no caller waits for longer than the deadline, hardly any waits at all
 * once the breaker is open, all is well soon after the fault, and nothing is left of it.
 */
class FaultyNetworkTest {

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private final RedisStores stores =
            RedisStores.connect(RedisSettings.of(URI.create("redis://" + proxy.host() + ":" + proxy.port())));

    @AfterEach
    void close() {
        stores.close();
        proxy.close();
        server.close();
    }

    @Test
    void slowNetwork() {
        assertEndured("delay", () -> proxy.delayReplies(Duration.ofSeconds(1)), proxy::pass);
    }

    @Test
    void networkThatSwallowsAll() {
        assertEndured("black hole", proxy::blackHole, proxy::pass);
    }

    @Test
    void serverThatIsGone() {
        assertEndured(
                "reset",
                () -> {
                    proxy.refuse();
                    proxy.reset();
                },
                proxy::pass);
    }

    @Test
    void serverThatHangs() {
        assertEndured("SIGSTOP", server::pause, server::resume);
    }

    @Test
    void answersThatAreCutOff() {
        assertEndured("cut replies", () -> proxy.cutRepliesAfter(1), proxy::pass);
    }

    private void assertEndured(String fault, Runnable begin, Runnable end) {
        try (GuardedStore<String, String> store = guarded(Bounds.DEADLINE)) {
            Rounds rounds = new Rounds(store, number -> "key" + number % 50);
            rounds.round(begin, end);
            Map<String, Integer> threads = threads();
            for (int i = 1; i < Bounds.rounds(); i++) {
                rounds.round(begin, end);
            }

            rounds.assertKept(fault);
            assertNothingIsLeft(store, threads);
        }
    }

    private void assertNothingIsLeft(GuardedStore<String, String> store, Map<String, Integer> threads) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            store.read("any");
            assertThat(store.status().degraded()).as("degraded").isFalse();
            assertThat(store.status().pendingInvalidations()).isZero();
            assertThat(proxy.openConnections()).as("connections").isEqualTo(2);
            assertThat(threads()).isEqualTo(threads);
        });
    }

    /** Returns how many threads there are of each name; those of pools that come and go with the work of the JDK do not count. */
    private static Map<String, Integer> threads() {
        Map<String, Integer> count = new TreeMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName().replaceAll("[0-9]+", "#");
            if (name.startsWith("lettuce") || name.startsWith("larder")) {
                count.merge(name, 1, Integer::sum);
            }
        }
        return count;
    }

    /** One byte at a time is no fault at all, however many pieces an answer comes in. */
    @Test
    void answersThatComeInPiecesAreRead() {
        try (GuardedStore<String, String> store = guarded(Duration.ofSeconds(10))) {
            proxy.oneByteAtATime();
            for (int i = 0; i < 50; i++) {
                String key = "key" + i;
                String value = "value".repeat(i);
                store.write(key, Change.put(value, Ttl.ETERNAL));
                assertThat(store.readLatest(key)).isNotNull();
                assertThat(store.readLatest(key).value()).isEqualTo(value);
            }
            assertThat(store.status().degraded()).isFalse();
        }
    }

    /** The tooth of the deadline: one that is far away keeps a caller for as long. */
    @Test
    void withoutADeadlineCallersWait() {
        try (GuardedStore<String, String> store = guarded(Duration.ofSeconds(4))) {
            proxy.blackHole();
            long start = Clock.system().millis();
            store.read("key");
            assertThat(Clock.system().millis() - start)
                    .isGreaterThan(Bounds.call().toMillis());
        } finally {
            proxy.pass();
        }
    }

    /** The tooth of the breaker: without one each caller waits for the deadline. */
    @Test
    void withoutABreakerEachCallerWaits() {
        try (Store<String, String> store = stores.stores().open(context(Bounds.DEADLINE))) {
            proxy.blackHole();
            for (int i = 0; i < 10; i++) {
                long start = Clock.system().nanos();
                try {
                    store.read("key");
                } catch (StoreException e) {
                    // as it must
                }
                assertThat(Clock.system().nanos() - start)
                        .isGreaterThan(Bounds.whileOpen().toNanos());
            }
        } finally {
            proxy.pass();
        }
    }

    private GuardedStore<String, String> guarded(Duration deadline) {
        StoreContext<String, String> context = context(deadline);
        return new GuardedStore<>(stores.stores().open(context), context, OnStoreFailure.DEGRADE);
    }

    private static StoreContext<String, String> context(Duration deadline) {
        return StoreContext.of("faults", String.class, String.class).withStoreDeadline(deadline);
    }
}
