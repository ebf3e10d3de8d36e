package dev.larder.patterns.invalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.larder.patterns.aside.CacheAside;
import dev.larder.patterns.aside.Slot;
import dev.larder.patterns.fixture.Postgres;
import dev.larder.patterns.fixture.Provider;
import dev.larder.patterns.fixture.Sql;
import dev.larder.patterns.jdbc.Table;
import dev.larder.patterns.load.JdbcLoader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(600)
class PostgresListenerTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int CHANGES = STRESS ? 1_000 : 50;
    private static final Duration P50 = STRESS ? Duration.ofMillis(100) : Duration.ofSeconds(1);

    /** In every build the machine may pause whoever takes part, for seconds. */
    private static final Duration P99 = STRESS ? Duration.ofMillis(100) : Duration.ofSeconds(20);

    private static final int KILLS = STRESS ? 20 : 10;
    private static final int ROWS = 50;

    private static final String CHANNEL = "item_changed";
    private static final String LISTENER = "listener";
    private static final Table ITEMS = Table.named("watched_item").key("id").columns("value");
    private static final PostgresTrigger TRIGGER = PostgresTrigger.on("watched_item", CHANNEL, "id");

    private final DataSource database = Postgres.dataSource();
    private final AtomicReference<CountDownLatch> door = new AtomicReference<>(new CountDownLatch(0));
    private final CacheManager manager = Provider.LARDER.newManager();
    private final CacheManager caffeine = Provider.CAFFEINE.newManager();
    private final JdbcLoader<Integer, Integer> loader =
            JdbcLoader.of(database, ITEMS.select(), row -> row.getInt("id"), row -> row.getInt("value"));
    private final Cache<Integer, Integer> cache = manager.createCache(
            "items",
            new MutableConfiguration<Integer, Integer>().setReadThrough(true).setCacheLoaderFactory(() -> loader));
    private final List<PostgresListener<?>> started = new ArrayList<>();

    @BeforeEach
    void makeTable() throws SQLException {
        Sql.run(
                database,
                "drop table if exists watched_item",
                "create table watched_item (id int primary key, value int)",
                "insert into watched_item select x, 0 from generate_series(0, " + (ROWS - 1) + ") x",
                TRIGGER.create());
    }

    @AfterEach
    void close() {
        door.get().countDown();
        started.forEach(PostgresListener::close);
        await().until(() -> Sql.rows(
                        database, "select pid from pg_stat_activity where application_name = '" + LISTENER + "'")
                .isEmpty());
        manager.close();
        caffeine.close();
    }

    /** Connections that can be told from others, and for which somebody may have to wait. */
    private DataSource connections() {
        PGSimpleDataSource source = new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection getConnection() throws SQLException {
                try {
                    door.get().await();
                } catch (InterruptedException e) {
                    throw new SQLException(e);
                }
                return super.getConnection();
            }
        };
        source.setURL("jdbc:postgresql://127.0.0.1:" + Postgres.port() + "/postgres?user=postgres&ApplicationName="
                + LISTENER);
        return source;
    }

    private PostgresListener<Integer> start(Invalidator<Integer> invalidator) {
        return start(invalidator, Duration.ofSeconds(1));
    }

    /** With a heartbeat that no pause of the machine is longer than: it would connect again, and drop all once more. */
    private void startCalmly(Invalidator<Integer> invalidator) {
        start(invalidator, Duration.ofMinutes(1));
    }

    private PostgresListener<Integer> start(Invalidator<Integer> invalidator, Duration heartbeat) {
        PostgresListener<Integer> listener = PostgresListener.start(
                connections(), CHANNEL, columns -> Integer.valueOf(columns.get(0)), invalidator, heartbeat);
        started.add(listener);
        await().until(listener::isListening);
        return listener;
    }

    private void awaitGone(int... keys) {
        await().until(() -> IntStream.of(keys).noneMatch(cache::containsKey));
    }

    private void loadAll() {
        assertThat(cache.getAll(allKeys())).hasSize(ROWS);
    }

    private static Set<Integer> allKeys() {
        return IntStream.range(0, ROWS).boxed().collect(Collectors.toSet());
    }

    private static int kill(DataSource database) throws SQLException {
        return Sql.rows(
                        database,
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + LISTENER
                                + "'")
                .size();
    }

    @Test
    void changesByOthersDropTheirEntries() throws SQLException {
        start(Invalidator.of(cache));
        loadAll();

        Sql.run(
                database,
                "update watched_item set value = 1 where id in (1, 2)",
                "delete from watched_item where id = 3");
        awaitGone(1, 2, 3);
        assertThat(cache.containsKey(4)).isTrue();
        assertThat(cache.get(1)).isEqualTo(1);

        Sql.run(database, "update watched_item set id = 100 where id = 4");
        awaitGone(4);
        assertThat(cache.get(100)).isZero();

        Sql.run(database, "truncate watched_item");
        awaitGone(allKeys().stream().mapToInt(key -> key).toArray());
    }

    @Test
    void changeIsNotHeardBeforeItIsCommitted() throws SQLException {
        List<Object> heard = Collections.synchronizedList(new ArrayList<>());
        startCalmly(recording(heard, () -> {}));
        heard.clear();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update watched_item set value = 1 where id = 1");
            connection.rollback();
            statement.execute("update watched_item set value = 1 where id = 2");
            connection.commit();
        }

        await().until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly(Set.of(2));
    }

    private static Invalidator<Integer> recording(List<Object> heard, Runnable atAll) {
        return new Invalidator<>() {
            @Override
            public void invalidate(Set<? extends Integer> keys) {
                heard.add(keys);
            }

            @Override
            public void invalidateAll() {
                heard.add("all");
                atAll.run();
            }
        };
    }

    @Test
    void changeThatComesWhileEverythingIsDroppedIsHeard() {
        List<Object> heard = Collections.synchronizedList(new ArrayList<>());
        startCalmly(recording(heard, () -> {
            try {
                Sql.run(database, "update watched_item set value = 1 where id = 7");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }));

        await().until(() -> heard.size() == 2);
        assertThat(heard).containsExactly("all", Set.of(7));
    }

    /** Changes a row while nobody listens, and returns what is in the cache when somebody does again. */
    private Integer changeWhileNobodyListens(Invalidator<Integer> invalidator) throws SQLException {
        PostgresListener<Integer> listener = start(invalidator);
        loadAll();
        door.set(new CountDownLatch(1));
        assertThat(kill(database)).isEqualTo(1);
        await().until(() -> !listener.isListening());
        Sql.run(database, "update watched_item set value = 5 where id = 1");
        assertThat(cache.get(1)).isZero();

        door.get().countDown();
        await().until(listener::isListening);
        return cache.get(1);
    }

    @Test
    void whatWasMissedIsDropped() throws SQLException {
        assertThat(changeWhileNobodyListens(Invalidator.of(cache))).isEqualTo(5);
    }

    @Test
    void withoutDroppingEverythingWhatWasMissedIsStale() throws SQLException {
        Invalidator<Integer> target = Invalidator.of(cache);

        assertThat(changeWhileNobodyListens(new Invalidator<>() {
                    @Override
                    public void invalidate(Set<? extends Integer> keys) {
                        target.invalidate(keys);
                    }

                    @Override
                    public void invalidateAll() {}
                }))
                .isZero();
    }

    @Test
    void cacheThatCannotDropIsTriedAgain() throws SQLException {
        AtomicBoolean broken = new AtomicBoolean();
        Invalidator<Integer> target = Invalidator.of(cache);
        PostgresListener<Integer> listener = start(new Invalidator<>() {
            @Override
            public void invalidate(Set<? extends Integer> keys) {
                if (broken.getAndSet(false)) {
                    throw new IllegalStateException("away");
                }
                target.invalidate(keys);
            }

            @Override
            public void invalidateAll() {
                target.invalidateAll();
            }
        });
        loadAll();
        broken.set(true);

        Sql.run(database, "update watched_item set value = 1 where id = 1");

        await().until(() -> listener.connects() >= 2);
        awaitGone(1);
    }

    /** What the listener drops: a cache that reads through, which only Larder does well enough, or cache-aside. */
    private enum Reader {
        READ_THROUGH,
        ASIDE_OVER_LARDER,
        ASIDE_OVER_CAFFEINE
    }

    /** How a cache is read, dropped, and looked at without reading. */
    private record Watched(
            Function<Integer, Integer> get,
            Invalidator<Integer> invalidator,
            Supplier<Map<Integer, Integer>> contents) {

        static Watched through(Cache<Integer, Integer> cache) {
            return new Watched(cache::get, Invalidator.of(cache), () -> {
                Map<Integer, Integer> found = new HashMap<>();
                cache.forEach(entry -> found.put(entry.getKey(), entry.getValue()));
                return found;
            });
        }

        static Watched aside(Cache<Integer, Slot<Integer>> cache, JdbcLoader<Integer, Integer> loader) {
            CacheAside<Integer, Integer> aside = CacheAside.over(cache, loader);
            return new Watched(aside::get, Invalidator.of(aside), () -> {
                Map<Integer, Integer> found = new HashMap<>();
                cache.forEach(entry -> {
                    if (entry.getValue().value() != null) {
                        found.put(entry.getKey(), entry.getValue().value());
                    }
                });
                return found;
            });
        }
    }

    private Watched watched(Reader reader) {
        return switch (reader) {
            case READ_THROUGH -> Watched.through(cache);
            case ASIDE_OVER_LARDER -> Watched.aside(manager.createCache("slots", new MutableConfiguration<>()), loader);
            case ASIDE_OVER_CAFFEINE ->
                Watched.aside(caffeine.createCache("slots", new MutableConfiguration<>()), loader);
        };
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsStaleAfterTheConnectionWasKilledAgainAndAgain(Reader reader) throws Exception {
        Watched watched = watched(reader);
        PostgresListener<Integer> listener = start(watched.invalidator());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        AtomicBoolean over = new AtomicBoolean();
        try {
            Future<?> changing = threads.submit(() -> change(over));
            Future<?> reading = threads.submit(() -> read(watched.get(), over));
            for (int i = 1; i <= KILLS; i++) {
                kill(database);
                int connects = i + 1;
                await().pollInterval(Duration.ofMillis(5)).until(() -> listener.connects() >= connects);
            }
            over.set(true);
            changing.get(60, TimeUnit.SECONDS);
            reading.get(60, TimeUnit.SECONDS);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }

        await().untilAsserted(() -> assertThat(loader.loadAll(allKeys()))
                .containsAllEntriesOf(watched.contents().get()));
    }

    private Void change(AtomicBoolean over) throws SQLException {
        Random random = new Random();
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update watched_item set value = ? where id = ?")) {
            for (int value = 1; !over.get(); value++) {
                update.setInt(1, value);
                update.setInt(2, random.nextInt(ROWS));
                update.executeUpdate();
            }
        }
        return null;
    }

    private static void read(Function<Integer, Integer> get, AtomicBoolean over) {
        Random random = new Random();
        while (!over.get()) {
            assertThat(get.apply(random.nextInt(ROWS))).isNotNull();
        }
    }

    @Test
    void changeIsSeenSoon() throws Exception {
        start(Invalidator.of(cache));
        List<Long> nanos = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update watched_item set value = value + 1 where id = ?")) {
            for (int i = 0; i < CHANGES; i++) {
                int key = i % ROWS;
                cache.get(key);
                update.setInt(1, key);
                update.executeUpdate();
                long committed = System.nanoTime();
                while (cache.containsKey(key)) {
                    LockSupport.parkNanos(100_000);
                }
                nanos.add(System.nanoTime() - committed);
            }
        }

        Collections.sort(nanos);
        Duration p50 = Duration.ofNanos(nanos.get(CHANGES / 2));
        Duration p99 = Duration.ofNanos(nanos.get(CHANGES * 99 / 100));
        System.getLogger(getClass().getName())
                .log(
                        System.Logger.Level.INFO,
                        "of {0} changes: p50 {1}, p99 {2}, most {3}",
                        CHANGES,
                        p50,
                        p99,
                        Duration.ofNanos(nanos.get(CHANGES - 1)));
        assertThat(p50).isLessThanOrEqualTo(P50);
        assertThat(p99).isLessThanOrEqualTo(P99);
    }

    @Test
    void keysOfSeveralColumnsAndOfAnyLengthAreTold() throws SQLException {
        Sql.run(
                database,
                "drop table if exists watched_seat",
                "create table watched_seat (flight text, number int, passenger text, primary key (flight, number))",
                PostgresTrigger.on("public.watched_seat", "seat_changed", "flight", "number")
                        .create());
        List<Object> heard = Collections.synchronizedList(new ArrayList<>());
        PostgresListener<List<String>> listener =
                PostgresListener.start(connections(), "seat_changed", columns -> columns, new Invalidator<>() {
                    @Override
                    public void invalidate(Set<? extends List<String>> keys) {
                        heard.addAll(keys);
                    }

                    @Override
                    public void invalidateAll() {
                        heard.add("all");
                    }
                });
        started.add(listener);
        await().until(listener::isListening);

        Sql.run(database, "insert into watched_seat values ('LH 1', 12, 'Ada')");
        await().until(() -> heard.size() == 2);
        // no index of PostgreSQL has room for such a key
        Sql.run(
                database,
                "alter table watched_seat drop constraint watched_seat_pkey",
                "insert into watched_seat values (repeat('x', 7990), 1, 'Bob')");
        await().until(() -> heard.size() == 3);

        assertThat(heard).containsExactly("all", List.of("LH 1", "12"), "all");
    }

    /** Makes a table with a column "Key", and returns what is heard when a row of it comes. */
    private List<Object> heardOf(String channel, String... statements) throws SQLException {
        List<Object> heard = Collections.synchronizedList(new ArrayList<>());
        PostgresListener<List<String>> listener =
                PostgresListener.start(connections(), channel, columns -> columns, new Invalidator<>() {
                    @Override
                    public void invalidate(Set<? extends List<String>> keys) {
                        heard.addAll(keys);
                    }

                    @Override
                    public void invalidateAll() {
                        heard.add("all");
                    }
                });
        started.add(listener);
        await().until(listener::isListening);
        for (String statement : statements) {
            int before = heard.size();
            Sql.run(database, statement);
            await().until(() -> heard.size() > before);
        }
        return heard;
    }

    /** A key with a null would lack a column, and one with the separator have one too many: others would be dropped in its place. */
    @Test
    void keyWithANullOrTheSeparatorMeansAll() throws SQLException {
        Sql.run(
                database,
                "drop table if exists watched_pair",
                "create table watched_pair (one text, other text)",
                PostgresTrigger.on("watched_pair", "pair_changed", "one", "other")
                        .create());

        List<Object> heard = heardOf(
                "pair_changed",
                "insert into watched_pair values (null, 'b')",
                "insert into watched_pair values ('a', 'b' || chr(31) || 'c')",
                "insert into watched_pair values ('', 'b''c\"')");

        assertThat(heard).containsExactly("all", "all", "all", List.of("", "b'c\""));
    }

    @Test
    void tablesWhoseNamesDifferInLittleHaveTriggersOfTheirOwn() throws SQLException {
        String quoted = "\"Odd \"\"Table\"\"\"";
        Sql.run(
                database,
                "drop table if exists " + quoted + ", _odd_table_",
                "create table " + quoted + " (\"The Key\" text)",
                "create table _odd_table_ (id text)",
                PostgresTrigger.on(quoted, "odd_changed", "\"The Key\"").create(),
                PostgresTrigger.on("_odd_table_", "odd_changed", "id").create());

        List<Object> heard = heardOf(
                "odd_changed",
                "insert into " + quoted + " values ('quoted')",
                "insert into _Odd_Table_ values ('plain')");

        assertThat(heard).containsExactly("all", List.of("quoted"), List.of("plain"));
    }

    /** PostgreSQL cuts off what is longer than 63 bytes, and with it what tells the two triggers apart. */
    @Test
    void namesMayBeAsLongAsPostgresLetsThemBe() throws SQLException {
        String table = "t".repeat(63);
        String channel = "c".repeat(63);
        PostgresTrigger trigger = PostgresTrigger.on(table, channel, "id");
        Sql.run(
                database,
                "drop table if exists " + table,
                "create table " + table + " (id text)",
                trigger.create(),
                trigger.create());

        List<Object> heard = heardOf(
                channel,
                "insert into " + table + " values ('k')",
                "truncate " + table,
                trigger.drop() + "notify " + channel);

        assertThat(heard).containsExactly("all", List.of("k"), "all", "all");
    }

    @Test
    void triggerCanBeMadeTwiceAndDropped() throws SQLException {
        Sql.run(database, TRIGGER.create(), TRIGGER.drop(), TRIGGER.drop());
        List<Object> heard = Collections.synchronizedList(new ArrayList<>());
        startCalmly(recording(heard, () -> {}));

        Sql.run(database, "update watched_item set value = 1", "notify " + CHANNEL + ", '=3'");
        await().until(() -> heard.size() == 2);
        Sql.run(database, "notify " + CHANNEL);
        await().until(() -> heard.size() == 3);

        assertThat(heard).containsExactly("all", Set.of(3), "all");
    }

    @Test
    void keyThatCannotBeMadeMeansAll() throws SQLException {
        List<Object> heard = Collections.synchronizedList(new ArrayList<>());
        startCalmly(recording(heard, () -> {}));

        Sql.run(database, "notify " + CHANNEL + ", '=three'");
        await().until(() -> heard.size() == 2);

        assertThat(heard).containsExactly("all", "all");
    }

    @Test
    void closedListenerHearsNothing() throws SQLException {
        PostgresListener<Integer> listener = start(Invalidator.of(cache));
        loadAll();

        listener.close();

        await().until(() -> !listener.isListening() && kill(database) == 0);
        Sql.run(database, "update watched_item set value = 1");
        assertThat(cache.get(1)).isZero();
    }

    @Test
    void wrongNamesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PostgresTrigger.on("item", "a'; drop table x", "id"));
        assertThatIllegalArgumentException().isThrownBy(() -> PostgresTrigger.on("item", "channel"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PostgresListener.start(database, CHANNEL, columns -> 1, Invalidator.of(cache), Duration.ZERO));
    }
}
