package dev.larder.patterns.behind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.fixture.CuttingProxy;
import dev.larder.patterns.fixture.Entries;
import dev.larder.patterns.fixture.Postgres;
import dev.larder.patterns.fixture.Provider;
import dev.larder.patterns.fixture.Sql;
import dev.larder.patterns.jdbc.Dialect;
import dev.larder.patterns.jdbc.Table;
import dev.larder.patterns.write.JdbcWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Writes behind to a real PostgreSQL, which counts the rows that are written and can be down. */
@Timeout(300)
class WriteBehindPostgresTest {

    private static final Duration OUTAGE = Duration.ofSeconds(Boolean.getBoolean("larder.stress") ? 30 : 3);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int CAPACITY = 200;
    private static final int PUTS = Boolean.getBoolean("larder.stress") ? 1_000 : 100;
    private static final Table ITEMS = Table.named("behind_item").key("id").columns("value");

    private final DataSource database = Postgres.dataSource();

    @BeforeEach
    void makeTable() throws SQLException {
        Sql.run(
                database,
                "drop table if exists behind_item",
                "drop sequence if exists behind_rows",
                "create table behind_item (id int primary key, value int)",
                "create sequence behind_rows minvalue 0",
                """
                create or replace function behind_count() returns trigger as $$
                begin
                  perform nextval('behind_rows');
                  return new;
                end $$ language plpgsql
                """,
                "create trigger behind_count after insert or update on behind_item for each row"
                        + " execute function behind_count()");
    }

    private static JdbcWriter<Integer, Integer> writer(DataSource target) {
        return JdbcWriter.of(
                target,
                ITEMS.upsert(Dialect.POSTGRESQL),
                (statement, id, value) -> {
                    statement.setInt(1, id);
                    statement.setInt(2, value);
                },
                ITEMS.delete());
    }

    private Map<Integer, Integer> table() throws SQLException {
        Map<Integer, Integer> rows = new TreeMap<>();
        for (String row : Sql.rows(database, "select id, value from behind_item")) {
            String[] columns = row.split(":", -1);
            rows.put(Integer.valueOf(columns[0]), Integer.valueOf(columns[1]));
        }
        return rows;
    }

    /** Puts keys in turn, closes the cache and with it the writer, and returns how many rows the database was told to write. */
    private int rowsOfManyPuts(Provider provider, CacheWriter<Integer, Integer> writer, int puts, int keys)
            throws SQLException {
        try (CacheManager manager = provider.newManager()) {
            Cache<Integer, Integer> cache = manager.createCache(
                    "items",
                    new MutableConfiguration<Integer, Integer>()
                            .setWriteThrough(true)
                            .setCacheWriterFactory(() -> writer));
            for (int i = 0; i < puts; i++) {
                cache.put(i % keys, i);
            }
            Map<Integer, Integer> inCache = new TreeMap<>();
            cache.forEach(entry -> inCache.put(entry.getKey(), entry.getValue()));
            cache.close();
            assertThat(table()).hasSize(keys).isEqualTo(inCache);
        }
        return 1
                + Integer.parseInt(
                        Sql.rows(database, "select last_value from behind_rows").get(0));
    }

    @ParameterizedTest
    @EnumSource
    void fewRowsAreWrittenForManyPutsOfFewKeys(Provider provider) throws SQLException {
        WriteBehind<Integer, Integer> behind = WriteBehind.to(writer(database)).start();
        long start = System.nanoTime();

        int rows = rowsOfManyPuts(provider, behind, 50_000, 500);

        // each key once for each second that has passed, which is the delay, once in between, and once at the end
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        assertThat(rows).isBetween(500, 500 * (Math.toIntExact(seconds) + 2));
    }

    /** Shows that rows are counted. */
    @Test
    void withoutCoalescingEachPutIsARow() throws SQLException {
        assertThat(rowsOfManyPuts(Provider.LARDER, writer(database), PUTS, 10)).isEqualTo(PUTS);
    }

    /** What was acknowledged while the database was down for a while, and what it has in the end. */
    private record Outcome(Map<Integer, Integer> acknowledged, Map<Integer, Integer> table, int refused, int letters) {}

    /** Whether an outage has had the effect that a test is about. */
    private interface Enough {

        boolean isIt(WriteBehindMXBean statistics, Map<Integer, Integer> acknowledged, Map<Integer, Integer> letters);
    }

    private Outcome writeThroughAnOutage(RetryPolicy retries, Enough enough) throws Exception {
        Map<Integer, Integer> letters = new ConcurrentHashMap<>();
        try (CuttingProxy proxy = new CuttingProxy(Postgres.port(), 0, 1);
                WriteBehind<Integer, Integer> behind = WriteBehind.to(writer(by(proxy)))
                        .delay(Duration.ofMillis(100))
                        .capacity(CAPACITY)
                        .whenFull(WhenFull.reject())
                        .retries(retries)
                        .deadLetters(letter -> letters.put(letter.key(), Objects.requireNonNull(letter.value())))
                        .start()) {
            Map<Integer, Integer> acknowledged = new TreeMap<>();
            write(behind, acknowledged, Duration.ofMillis(500), () -> true);
            proxy.goDown();
            int refused =
                    write(behind, acknowledged, OUTAGE, () -> enough.isIt(behind.statistics(), acknowledged, letters));
            proxy.comeUp();
            assertThat(behind.flush(Duration.ofMinutes(2))).isTrue();
            return new Outcome(acknowledged, table(), refused, letters.size());
        }
    }

    private static DataSource by(CuttingProxy proxy) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres?user=postgres");
        return source;
    }

    /** Writes 300 keys in turn for a while, and on until it is enough; returns how many writes were refused. */
    private static int write(
            WriteBehind<Integer, Integer> behind,
            Map<Integer, Integer> acknowledged,
            Duration time,
            BooleanSupplier isEnough)
            throws InterruptedException {
        int refused = 0;
        int value = acknowledged.values().stream().max(Integer::compare).orElse(0);
        long end = System.nanoTime() + time.toNanos();
        long latestEnd = end + LONGEST.toNanos();
        while (System.nanoTime() - end < 0 || (!isEnough.getAsBoolean() && System.nanoTime() - latestEnd < 0)) {
            value++;
            try {
                behind.write(Entries.entry(value % 300, value));
                acknowledged.put(value % 300, value);
            } catch (CacheWriterException full) {
                refused++;
            }
            assertThat(leastQueued(behind.statistics())).isLessThanOrEqualTo(CAPACITY);
            TimeUnit.MICROSECONDS.sleep(500);
        }
        return refused;
    }

    /** A change that is taken between the two looks is seen twice; so what seems too much is looked at again. */
    private static int leastQueued(WriteBehindMXBean statistics) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < 100 && least > CAPACITY; i++) {
            least = Math.min(least, statistics.getWaiting() + statistics.getInFlight());
        }
        return least;
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsDownAndTheQueueIsBounded() throws Exception {
        Outcome outcome = writeThroughAnOutage(
                RetryPolicy.standard(), (statistics, acknowledged, letters) -> statistics.getRejected() > 0);

        assertThat(outcome.table()).isEqualTo(outcome.acknowledged());
        assertThat(outcome.letters()).isZero();
        assertThat(outcome.refused()).isPositive();
    }

    @Test
    void withoutRetriesWritesAreLostWhileTheDatabaseIsDown() throws Exception {
        Outcome outcome = writeThroughAnOutage(
                RetryPolicy.standard().attempts(1),
                (statistics, acknowledged, letters) -> letters.entrySet().stream()
                        .anyMatch(letter -> letter.getValue().equals(acknowledged.get(letter.getKey()))));

        assertThat(outcome.table()).isNotEqualTo(outcome.acknowledged());
        assertThat(outcome.letters()).isPositive();
    }
}
