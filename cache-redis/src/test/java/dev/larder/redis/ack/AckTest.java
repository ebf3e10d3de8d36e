package dev.larder.redis.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.config.Ack;
import dev.larder.redis.config.AuthSettings;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import dev.larder.store.Ttl;
import dev.larder.store.guard.GuardedStore;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes that a replica must have before they are acknowledged: what becomes of them, and of the rest meanwhile. */
class AckTest {

    private static final String KEY = "key";
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Of 320 writes by 16 threads; a busy machine lets fewer of them come together. */
    private static final long MOST_WAITS = Boolean.getBoolean("larder.stress") ? 160 : 240;

    private PrimaryAndReplica servers;
    private TcpProxy proxy;
    private RedisStores stores;

    @BeforeEach
    void connect() {
        servers = PrimaryAndReplica.start();
        proxy = TcpProxy.to(servers.primary().host(), servers.primary().port());
        stores = RedisStores.connect(RedisSettings.of(URI.create("redis://" + proxy.host() + ":" + proxy.port()))
                .withAck(Ack.replicas(1)));
    }

    @AfterEach
    void disconnect() {
        stores.close();
        proxy.close();
        servers.close();
    }

    private StoreContext<String, String> context(Duration deadline) {
        return StoreContext.of("acknowledged", String.class, String.class).withStoreDeadline(deadline);
    }

    private Store<String, String> open(Duration deadline) {
        return stores.stores().open(context(deadline));
    }

    private static Change<String> put(String value) {
        return Change.put(value, Ttl.ETERNAL);
    }

    private static @Nullable String read(Store<String, String> store) {
        Entry<String> entry = store.read(KEY);
        return entry == null ? null : entry.value();
    }

    @Test
    void writeThatNoReplicaHasIsOfUnknownOutcomeWithinTheDeadline() {
        Store<String, String> store = open(SHORT);
        write(store, KEY);
        servers.replica().pause();
        // a machine that is busy for that long makes another failure of it
        await().atMost(LONG).untilAsserted(() -> {
            long start = Clock.system().nanos();
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.write(KEY, put("value")));
            Duration took = Duration.ofNanos(Clock.system().nanos() - start);

            assertThat(failure)
                    .isNotInstanceOf(StoreTimeoutException.class)
                    .hasMessageStartingWith("redis 127.0.0.1:" + proxy.port()
                            + " made SET, but 0 of the 1 replicas of \"ack\": \"replicas(1)\"");
            assertThat(failure.applied()).isEqualTo(Applied.UNKNOWN);
            assertThat(took).isLessThan(SHORT.multipliedBy(2));
        });
        servers.replica().resume();
    }

    /** Writes until it is acknowledged, so that the server is connected to and the epoch is acknowledged. */
    private static void write(Store<String, String> store, String key) {
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> store.write(key, put("value")).isApplied());
    }

    @Test
    void everyKindOfWriteIsHeldBack() {
        Store<String, String> store = open(SHORT);
        write(store, KEY);
        write(store, "removed");
        servers.replica().pause();
        List<Runnable> writes = List.of(
                () -> store.write(KEY, put("value")),
                () -> store.write(KEY, put("value").returningPrevious()),
                () -> store.write(KEY, put("value").ifPresent()),
                () -> store.write("removed", Change.remove()),
                () -> store.writeAll(Map.of("a", put("value"), "b", put("value").ifAbsent())),
                () -> store.lease("other" + UUID.randomUUID(), null, Duration.ofSeconds(10)),
                () -> store.leaseAll(Set.of("more" + UUID.randomUUID()), Duration.ofSeconds(10)),
                () -> store.invalidateTags(Set.of("tag")));

        List<CompletableFuture<?>> heldBack = new ArrayList<>();
        writes.forEach(write -> heldBack.add(onThreadOfItsOwn(() -> assertSoonHeldBack(write))));
        assertThat(heldBack).allSatisfy(each -> assertThat(each).succeedsWithin(LONG.multipliedBy(2)));
        assertSoonHeldBack(store::clear); // for itself, as nothing is written in an epoch that no replica has
        servers.replica().resume();
    }

    /** A machine that is busy makes another failure of it. */
    private static void assertSoonHeldBack(Runnable write) {
        await().atMost(LONG).untilAsserted(() -> assertHeldBack(write));
    }

    private static void assertHeldBack(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.applied()).isEqualTo(Applied.UNKNOWN))
                .hasMessageContaining("\"replicas(1)\"");
    }

    @Test
    void replicaThatHangsDoesNotHoldUpReads() {
        Store<String, String> store = open(LONG);
        store.write(KEY, put("first"));
        servers.replica().pause();

        CompletableFuture<?> write = CompletableFuture.runAsync(() -> store.write(KEY, put("second")));
        await().atMost(LONG).until(() -> "second".equals(read(store)));
        assertThat(store.readAll(Set.of(KEY), Ttl.UNCHANGED)).hasSize(1);
        assertThat(store.readAndTouch(KEY, Ttl.ofMillis(60_000))).isNotNull();
        assertThat(write).isNotDone();

        servers.replica().resume();
        assertThat(write).succeedsWithin(LONG);
    }

    @Test
    void writesOfManyThreadsShareTheWaits() {
        Store<String, String> store = open(LONG);
        servers.between().delayRequests(Duration.ofMillis(20));
        long waits = calls("wait");
        long sets = calls("set");

        Phaser start = new Phaser(16);
        List<CompletableFuture<?>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String key = "writer" + i;
            writers.add(onThreadOfItsOwn(() -> {
                start.arriveAndAwaitAdvance();
                IntStream.range(0, 20).forEach(step -> store.write(key, put("value" + step)));
            }));
        }
        writers.forEach(CompletableFuture::join);

        assertThat(calls("set") - sets).isEqualTo(16 * 20);
        assertThat(calls("wait") - waits).isBetween(20L, MOST_WAITS);
    }

    private static CompletableFuture<?> onThreadOfItsOwn(Runnable work) {
        return CompletableFuture.runAsync(work, command -> new Thread(command).start());
    }

    /** More than once only while the replica takes long, as each wait ends after 100 ms; one by one, it would be 100 at least. */
    @Test
    void writesOfABulkOperationWaitTogether() {
        Store<String, String> store = open(LONG);
        Map<String, Change<String>> changes = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> changes.put("key" + i, put("value")));
        long waits = calls("wait");

        assertThat(store.writeAll(changes)).hasSize(100);

        assertThat(calls("wait") - waits).isBetween(1L, 90L);
    }

    private long calls(String command) {
        Matcher found = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
                .matcher("" + servers.primary().call("INFO", "commandstats"));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    @Test
    void writeAndWaitAreOneRoundTrip() {
        Store<String, String> store = open(LONG);
        store.write(KEY, put("first"));
        proxy.delayReplies(Duration.ofSeconds(1));

        // one that takes longer may be the machine's fault, and two round trips are never faster
        await().atMost(LONG).untilAsserted(() -> {
            long start = Clock.system().nanos();
            store.write(KEY, put("second"));
            Duration took = Duration.ofNanos(Clock.system().nanos() - start);
            assertThat(took).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_999));
        });
    }

    @Test
    void writesWithTimeLeftAreConfirmedThoughOthersHaveFailed() {
        Store<String, String> impatient = open(SHORT);
        Store<String, String> patient = open(LONG);
        servers.replica().pause();

        CompletableFuture<?> late = onThreadOfItsOwn(() -> impatient.write("other", put("value")));
        CompletableFuture<?> write = onThreadOfItsOwn(() -> patient.write(KEY, put("value")));
        assertThat(late).failsWithin(LONG);
        assertThat(write).isNotDone();

        servers.replica().resume();
        assertThat(write).succeedsWithin(LONG);
    }

    @Test
    void changeWhoseAnswerWasLostIsNotFoundOutBeforeAReplicaHasIt() {
        Store<String, String> store = open(LONG);
        store.write("another", put("value").ifAbsent());
        servers.replica().pause();
        CompletableFuture<Effect> change = CompletableFuture.supplyAsync(
                () -> store.write(KEY, put("new").ifAbsent().tellingEffect()).effect());
        await().atMost(LONG).until(() -> "new".equals(read(store)));

        proxy.reset();
        long waits = calls("wait");
        await().atMost(LONG).until(() -> calls("wait") > waits + 3);
        assertThat(change).isNotDone();

        servers.replica().resume();
        assertThat(change).succeedsWithin(LONG).isEqualTo(Effect.CREATED);
    }

    @Test
    void writeWhoseConnectionWasLostIsNotConfirmedByTheNextConnection() {
        Store<String, String> store = open(LONG);
        servers.replica().pause();
        CompletableFuture<?> write = onThreadOfItsOwn(() -> store.write(KEY, put("value")));
        await().atMost(LONG).until(() -> "value".equals(read(store)));

        proxy.reset();

        assertThat(write)
                .failsWithin(LONG.multipliedBy(2))
                .withThrowableThat()
                .withCauseInstanceOf(StoreTimeoutException.class);
        servers.replica().resume();
    }

    @Test
    void degradedPutCountsAsDoneAndIsNotRead() {
        Store<String, String> store = new GuardedStore<>(open(SHORT), context(SHORT), OnStoreFailure.DEGRADE);
        store.write(KEY, put("first").orInvalidate());
        servers.replica().pause();

        assertThat(store.write(KEY, put("second").orInvalidate()).isApplied()).isTrue();
        assertThat(read(store)).isNull();

        servers.replica().resume();
        await().atMost(LONG)
                .until(() -> store.write(KEY, put("third").orInvalidate()).isApplied() && "third".equals(read(store)));
    }

    @Test
    void serverThatDoesNotLetTheUserWaitIsRefusedAtTheStart() {
        try (RedisServer server = RedisServer.builder()
                .users("admin", "admin", "user admin on >admin ~* &* +@all", "user app on >app ~* &* +@all -wait")
                .start()) {
            RedisSettings settings = RedisSettings.of(URI.create(server.uri()))
                    .withAuth(new AuthSettings("app", "app", null, null))
                    .withAck(Ack.replicas(1));

            assertThatThrownBy(() -> RedisStores.connect(settings))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("refused WAIT, which \"ack\" needs: NOPERM")
                    .hasMessageEndingWith("(ACL +wait), or leave \"ack\" out");
        }
    }
}
