package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.LarderCache;
import dev.larder.testkit.server.RedisServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One JVM after the other dies when it has written to the database and not yet to the store. Another one gets the old value for as long as the
 * lease of the dead one stands, and what the database has from then on.
 */
@Tag("outage")
@Timeout(1_800)
class RedisWriteThroughTest {

    static final String CACHE = "items";
    static final String COMMITTED = "committed";

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int ROUNDS = STRESS ? 200 : 10;
    private static final String KEY = "without-lease";
    private static final int AT_A_TIME = 5;

    /** How long a lease stands for a write, and some time for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(30).plusSeconds(STRESS ? 1 : 30);

    private static EmbeddedPostgres postgres;
    private static RedisServer server;
    private static String url;

    /** How long after the death of its victim each key was found whole. */
    private final Map<String, Future<Duration>> agreements = new TreeMap<>();

    private final ExecutorService watchers = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(new File("target/postgres").getAbsoluteFile())
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
        url = postgres.getJdbcUrl("postgres", "postgres");
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Items.TABLE);
        }
        server = RedisServer.start();
    }

    @AfterEach
    void stopWatching() {
        watchers.shutdownNow();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        postgres.close();
    }

    @Test
    void whatAJvmLeftHalfDoneIsWholeWhenItsLeaseHasEnded() throws Exception {
        Items items = new Items(url);
        try (Member survivor = new Member(server.uri())) {
            LarderCache<String, String> cache = survivor.cache(
                    CACHE, String.class, settings -> settings.loader(items).writer(items));
            for (int round = 0; round < ROUNDS; round += AT_A_TIME) {
                dieOver(cache, items, round);
            }

            Duration longest = Duration.ZERO;
            for (Future<Duration> agreement : agreements.values()) {
                longest = max(longest, agreement.get());
            }
            // and so it stays
            agreements.keySet().forEach(key -> assertThat(cache.get(key)).isEqualTo(items.load(key)));
            System.getLogger(getClass().getName())
                    .log(Level.INFO, "{0} JVMs died; all agreed {1} after the death at the latest", ROUNDS, longest);
        }
    }

    /** Lets some JVMs die at a time; every second key had a value before. */
    private void dieOver(LarderCache<String, String> cache, Items items, int first) {
        List<ClientJvm> victims = new ArrayList<>();
        for (int i = first; i < first + AT_A_TIME; i++) {
            String key = "item-" + i;
            if (i % 2 == 0) {
                cache.put(key, "old");
            }
            victims.add(ClientJvm.start(DyingWriter.class, server.uri(), url, key, "new"));
        }
        victims.forEach(ClientJvm::awaitReady);
        victims.forEach(ClientJvm::go);
        victims.forEach(ClientJvm::awaitEnd);
        for (int i = 0; i < AT_A_TIME; i++) {
            String key = "item-" + (first + i);
            assertThat(victims.get(i).said(COMMITTED))
                    .as(victims.get(i)::toString)
                    .containsExactly(key);
            long death = System.nanoTime();
            agreements.put(key, watchers.submit(() -> awaitAgreement(cache, items, key, death)));
        }
    }

    private static Duration awaitAgreement(LarderCache<String, String> cache, Items items, String key, long death)
            throws InterruptedException {
        assertThat(items.load(key)).isEqualTo("new");
        for (String value = cache.get(key); !"new".equals(value); value = cache.get(key)) {
            assertThat(value).isEqualTo("old");
            assertThat(since(death)).as("the end of the lease of " + key).isLessThan(BOUND);
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return since(death);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** The tooth: without a lease the old value is there for good. */
    @Test
    void withoutLeasesTheOldValueStays() throws Exception {
        Items items = new Items(url);
        try (Member survivor = new Member(server.uri());
                ClientJvm victim = ClientJvm.start(DyingWriter.class, server.uri(), url, KEY, "new", "leaseless")) {
            LarderCache<String, String> cache = survivor.cache(
                    CACHE, String.class, settings -> settings.loader(items).writer(items));
            cache.put(KEY, "old");
            victim.awaitReady().go();
            victim.awaitEnd();

            assertThat(items.load(KEY)).isEqualTo("new");
            assertThat(cache.get(KEY)).isEqualTo("old");
            assertThat(millisToLive()).as("never ends").isEqualTo(-1);
        }
    }

    private static long millisToLive() {
        return (Long) server.call(
                "EVAL", "return redis.call('PTTL', redis.call('KEYS', '*' .. ARGV[1] .. '*')[1])", "0", KEY);
    }
}
