package dev.larder.patterns.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.ProbedDataSource;
import dev.larder.patterns.fixture.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.integration.CacheLoaderException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcLoaderTest {

    private static final String QUERY = "select id, name from item where id in (:keys)";

    private final DataSource database = Sql.h2();
    private final ProbedDataSource probe = new ProbedDataSource(database);
    private final JdbcLoader<Integer, String> loader =
            JdbcLoader.of(probe.dataSource(), QUERY, row -> row.getInt("id"), row -> row.getString("name"));

    @BeforeEach
    void fillTable() throws SQLException {
        Sql.run(
                database,
                "create table item (id int primary key, name varchar)",
                "insert into item select x, 'item ' || x from system_range(1, 1000)");
    }

    @AfterEach
    void connectionsAreGivenBack() {
        assertThat(probe.openConnections()).isZero();
    }

    @Test
    void rowBecomesAValue() {
        assertThat(loader.load(7)).isEqualTo("item 7");
        assertThat(loader.load(-7)).isNull();
    }

    @Test
    void keysAreAskedForTogether() {
        assertThat(loader.loadAll(List.of(3, -3, 5, 3))).isEqualTo(Map.of(3, "item 3", 5, "item 5"));
        assertThat(probe.prepared()).hasSize(1);
    }

    @Test
    void noKeysNeedNoConnection() {
        assertThat(loader.loadAll(List.of())).isEmpty();
        assertThat(probe.calls()).isEmpty();
    }

    @Test
    void manyKeysAreAskedForInBatches() {
        Set<Integer> keys = keys(1, 600);

        assertThat(loader.loadAll(keys).keySet()).isEqualTo(keys);
        assertThat(probe.prepared()).hasSize(3);
    }

    @Test
    void thereAreFewDifferentStatements() {
        numbers().forEach(number -> assertThat(loader.loadAll(keys(1, number))).hasSize(number));

        assertThat(new HashSet<>(probe.prepared())).hasSize(9); // 1, 2, 4, ... 256
    }

    /** All up to 300 under stress, or else some, and those beside the powers of two. */
    private static IntStream numbers() {
        return Boolean.getBoolean("larder.stress")
                ? IntStream.rangeClosed(1, 300)
                : IntStream.concat(
                        IntStream.rangeClosed(1, 20),
                        IntStream.of(31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 300));
    }

    @Test
    void batchNeedNotBeAPowerOfTwo() {
        JdbcLoader<Integer, String> tens = loader.batch(10);

        assertThat(tens.loadAll(keys(1, 10))).hasSize(10);
        assertThat(tens.loadAll(keys(1, 39))).hasSize(39);
        assertThat(probe.prepared()).hasSize(5).allMatch(sql -> parameters(sql) == 10);
    }

    private static long parameters(String sql) {
        return sql.chars().filter(c -> c == '?').count();
    }

    private static Set<Integer> keys(int from, int number) {
        return IntStream.range(from, from + number).boxed().collect(Collectors.toSet());
    }

    @Test
    void arrayIsOneParameter() {
        JdbcLoader<Integer, String> byArray = JdbcLoader.<Integer, String>of(
                        probe.dataSource(),
                        "select id, name from item where id = any (:keys)",
                        row -> row.getInt("id"),
                        row -> row.getString("name"))
                .array("integer");

        assertThat(byArray.load(1)).isEqualTo("item 1");
        assertThat(byArray.loadAll(keys(1, 200))).hasSize(200);
        assertThat(probe.prepared()).hasSize(2).allMatch(sql -> parameters(sql) == 1);
    }

    private record Seat(String flight, int number) {}

    @Test
    void keyMayHaveSeveralColumns() throws SQLException {
        Sql.run(
                database,
                "create table seat (flight varchar, number int, passenger varchar, primary key (flight, number))",
                "insert into seat values ('LH1', 1, 'Ada'), ('LH1', 2, 'Bob'), ('LH2', 1, 'Cid')");
        JdbcLoader<Seat, String> seats = JdbcLoader.<Seat, String>of(
                        probe.dataSource(),
                        "select flight, number, passenger from seat where (flight, number) in (:keys)",
                        row -> new Seat(row.getString("flight"), row.getInt("number")),
                        row -> row.getString("passenger"))
                .binding(2, (statement, first, seat) -> {
                    statement.setString(first, seat.flight());
                    statement.setInt(first + 1, seat.number());
                });

        assertThat(seats.load(new Seat("LH2", 1))).isEqualTo("Cid");
        assertThat(seats.loadAll(List.of(new Seat("LH1", 2), new Seat("LH2", 1), new Seat("LH2", 2))))
                .isEqualTo(Map.of(new Seat("LH1", 2), "Bob", new Seat("LH2", 1), "Cid"));
    }

    @Test
    void firstRowOfAKeyCounts() throws SQLException {
        Sql.run(
                database,
                "create table reading (id int, value_ int)",
                "insert into reading values (1, 30), (1, 10), (1, 20)");
        JdbcLoader<Integer, Integer> highest = JdbcLoader.of(
                probe.dataSource(),
                "select id, value_ from reading where id in (:keys) order by value_ desc",
                row -> row.getInt(1),
                row -> row.getInt(2));

        assertThat(highest.load(1)).isEqualTo(30);
        assertThat(highest.loadAll(List.of(1))).isEqualTo(Map.of(1, 30));
    }

    @Test
    void rowsThatNobodyAskedForAreLeftOut() throws SQLException {
        Sql.run(
                database,
                "create table word (id varchar_ignorecase primary key, text varchar)",
                "insert into word values ('Abc', 'found')");
        JdbcLoader<String, String> words = JdbcLoader.of(
                probe.dataSource(),
                "select id, text from word where id in (:keys)",
                row -> row.getString(1),
                row -> row.getString(2));

        assertThat(words.loadAll(List.of("abc"))).isEmpty();
        assertThat(words.loadAll(List.of("Abc"))).containsKey("Abc");
    }

    @Test
    void keyOfAnotherClassIsAFailureAndNotAMissForEver() {
        JdbcLoader<Number, String> confused =
                JdbcLoader.of(probe.dataSource(), QUERY, row -> row.getLong("id"), row -> row.getString("name"));

        assertThatThrownBy(() -> confused.loadAll(List.of(1)))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage(
                        "the key of a row is a java.lang.Long, but a java.lang.Integer was asked for; map it to that, in: "
                                + QUERY);
    }

    @Test
    void failureShowsTheSqlAndNoParameter() {
        JdbcLoader<String, String> wrong =
                JdbcLoader.of(probe.dataSource(), "select x from missing where id in (:keys)", row -> "", row -> "");

        assertThatThrownBy(() -> wrong.loadAll(List.of("secret", "hidden")))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage("2 keys could not be loaded by: select x from missing where id in (:keys)")
                .hasCauseInstanceOf(SQLException.class);
        assertThatThrownBy(() -> wrong.load("secret"))
                .hasMessage("1 key could not be loaded by: select x from missing where id in (:keys)");
    }

    @Test
    void mapperThatFailsIsAFailureOfTheLoad() {
        JdbcLoader<Integer, String> failing = JdbcLoader.of(probe.dataSource(), QUERY, row -> row.getInt("id"), row -> {
            throw new IllegalStateException("cannot map");
        });

        assertThatThrownBy(() -> failing.load(1))
                .isInstanceOf(CacheLoaderException.class)
                .hasRootCauseMessage("cannot map");
        assertThatThrownBy(() -> failing.loadAll(List.of(1))).isInstanceOf(CacheLoaderException.class);
    }

    @Test
    void slowStatementIsEnded() {
        JdbcLoader<Integer, Long> slow = JdbcLoader.<Integer, Long>of(
                        probe.dataSource(),
                        "select count(*) from system_range(1, 100000) a, system_range(1, 100000) b where a.x + b.x = :keys",
                        row -> 1,
                        row -> row.getLong(1))
                .timeout(Duration.ofMillis(500));

        assertThatThrownBy(() -> slow.load(1)).isInstanceOf(CacheLoaderException.class);
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcLoader.of(database, "select 1", row -> 1, row -> 1))
                .withMessageContaining(":keys must stand in the query once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcLoader.of(database, ":keys :keys", row -> 1, row -> 1));
        assertThatIllegalArgumentException().isThrownBy(() -> loader.batch(0));
        assertThatIllegalArgumentException().isThrownBy(() -> loader.timeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> loader.binding(0, (s, i, k) -> {}));
    }
}
