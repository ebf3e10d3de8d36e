package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.PatientContext;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.RewiredStores;
import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.ConnectedOnce;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreFactory;
import dev.larder.store.Ttl;
import dev.larder.store.guard.GuardedStore;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Networks and servers that fail in each of the ways they do, several times: no caller waits for longer than the deadline, hardly any waits at all
 * once the breaker is open, all is well soon after the fault, and nothing is left of it.
 */
@Tag("outage")
class FaultyNetworkTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final Duration LONG = Duration.ofSeconds(60);

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
        await().atMost(LONG).untilAsserted(() -> {
            store.read("any");
            assertThat(store.status().degraded()).as("degraded").isFalse();
            assertThat(store.status().pendingInvalidations()).isZero();
            assertThat(proxy.openConnections()).as("connections").isEqualTo(2);
            assertNoMoreThan(threads);
        });
    }

    /** A pool starts its threads by and by: on a busy machine some come after the first round. */
    private static void assertNoMoreThan(Map<String, Integer> before) {
        Map<String, Integer> threads = threads();
        if (STRESS) {
            assertThat(threads).isEqualTo(before);
        } else {
            assertThat(threads)
                    .as("in place of %s", before)
                    .allSatisfy((name, count) -> assertThat(count)
                            .as("threads of name %s", name)
                            .isLessThanOrEqualTo(most(name, before.getOrDefault(name, 0))));
        }
    }

    private static int most(String name, int before) {
        boolean isOfPool = name.contains("EventLoop") || name.contains("eventExecutorLoop");
        return isOfPool ? Math.max(before, Runtime.getRuntime().availableProcessors()) : before;
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
        try (GuardedStore<String, String> store = guarded(PatientContext.DEADLINE)) {
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

    /** Faults in which an answer does not come, or late; of others a caller hears at once. */
    private enum Silence {
        SLOW_NETWORK,
        BLACK_HOLE,
        SIGSTOP
    }

    private void begin(Silence silence) {
        switch (silence) {
            case SLOW_NETWORK -> proxy.delayReplies(Duration.ofSeconds(1));
            case BLACK_HOLE -> proxy.blackHole();
            case SIGSTOP -> server.pause();
        }
    }

    private void end() {
        proxy.pass();
        server.resume();
    }

    /** The tooth of the deadline: one that is far away keeps a caller for as long. */
    @ParameterizedTest
    @EnumSource
    void withoutADeadlineCallersWait(Silence silence) {
        try (GuardedStore<String, String> store = guarded(Duration.ofSeconds(2))) {
            begin(silence);
            long start = Clock.system().millis();
            store.read("key");
            assertThat(Clock.system().millis() - start)
                    .isGreaterThan(Bounds.call().toMillis());
        } finally {
            end();
        }
    }

    /** The tooth of the breaker: without one each caller waits for the deadline. */
    @ParameterizedTest
    @EnumSource
    void withoutABreakerEachCallerWaits(Silence silence) {
        try (Store<String, String> store = stores.stores().open(context(Bounds.DEADLINE))) {
            begin(silence);
            for (int i = 0; i < 4; i++) {
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
            end();
        }
    }

    /** The tooth of the recovery: who does not connect anew is not served when the other, in the same outage, is. */
    @Test
    void withoutConnectingAnewNothingIsServedAgain() {
        try (GuardedStore<String, String> sound = guarded(Bounds.DEADLINE);
                Client<RedisClient> client = Client.of(Access.ofStranger());
                RewiredStores once =
                        RewiredStores.over(RedisSettings.of(address()), link -> ConnectedOnce.to(client, address()));
                GuardedStore<String, String> lame = guarded(once.stores(), Bounds.DEADLINE)) {
            await().atMost(LONG).until(() -> isServed(sound) && isServed(lame));
            proxy.refuse();
            proxy.reset();
            await().atMost(LONG).until(() -> !isServed(sound) && !isServed(lame));

            proxy.pass();
            await().atMost(LONG).until(() -> isServed(sound));
            await().during(Duration.ofMillis(1_500)).atMost(LONG).until(() -> !isServed(lame));
        }
    }

    private static boolean isServed(Store<String, String> store) {
        store.write("key", Change.put("there", Ttl.ofMillis(60_000)).orInvalidate());
        return store.read("key") != null;
    }

    /** The tooth of what is left: connections and threads that somebody forgets are seen. */
    @Test
    void whatSomebodyForgetsIsSeen() {
        try (GuardedStore<String, String> store = guarded(Bounds.DEADLINE)) {
            store.read("key");
            Map<String, Integer> threads = threads();
            await().atMost(LONG).until(() -> proxy.openConnections() == 2);
            try (RedisStores forgotten = RedisStores.connect(RedisSettings.of(address()))) {
                forgotten.stores().open(context(Bounds.DEADLINE)).read("key");
                await().atMost(LONG).until(() -> proxy.openConnections() == 4);
                assertThatThrownBy(() -> assertNoMoreThan(threads)).isInstanceOf(AssertionError.class);
            }
        }
    }

    private URI address() {
        return URI.create("redis://" + proxy.host() + ":" + proxy.port());
    }

    private GuardedStore<String, String> guarded(Duration deadline) {
        return guarded(stores.stores(), deadline);
    }

    private static GuardedStore<String, String> guarded(StoreFactory stores, Duration deadline) {
        StoreContext<String, String> context = context(deadline);
        return new GuardedStore<>(stores.open(context), context, OnStoreFailure.DEGRADE);
    }

    private static StoreContext<String, String> context(Duration deadline) {
        return StoreContext.of("faults", String.class, String.class).withStoreDeadline(deadline);
    }
}
