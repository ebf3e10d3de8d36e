package dev.larder.patterns.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.patterns.fixture.Entries;
import dev.larder.patterns.fixture.ProbedDataSource;
import dev.larder.patterns.fixture.Sql;
import dev.larder.patterns.jdbc.Dialect;
import dev.larder.patterns.jdbc.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcWriterTest {

    private static final Table ITEMS = Table.named("item").key("id").columns("name");
    private static final SQLException CONNECTION_LOST = new SQLException("connection reset", "08006");

    private final DataSource database = Sql.h2();
    private final ProbedDataSource probe = new ProbedDataSource(database);
    private final JdbcWriter<Integer, String> writer = JdbcWriter.<Integer, String>of(
            probe.dataSource(),
            ITEMS.upsert(Dialect.H2),
            (statement, id, name) -> {
                statement.setInt(1, id);
                statement.setString(2, name);
            },
            ITEMS.delete());

    @BeforeEach
    void makeTable() throws SQLException {
        Sql.run(database, "create table item (id int primary key, name varchar(10) not null)");
    }

    @AfterEach
    void connectionsAreGivenBack() {
        assertThat(probe.openConnections()).isZero();
    }

    private List<String> table() throws SQLException {
        return Sql.rows(database, "select id, name from item order by id");
    }

    private static Collection<Cache.Entry<? extends Integer, ? extends String>> entries(int from, int number) {
        return Entries.of(IntStream.range(from, from + number)
                .boxed()
                .collect(Collectors.toMap(id -> id, id -> "item " + id, (a, b) -> a, TreeMap::new)));
    }

    @Test
    void entryIsInsertedUpdatedAndDeleted() throws SQLException {
        writer.write(Entries.entry(1, "one"));
        writer.write(Entries.entry(2, "two"));
        writer.write(Entries.entry(1, "uno"));
        writer.delete(2);
        writer.delete(3);

        assertThat(table()).containsExactly("1:uno");
    }

    @Test
    void entriesAreWrittenInBatches() throws SQLException {
        Collection<Cache.Entry<? extends Integer, ? extends String>> entries = entries(1, 25);

        writer.batch(10).writeAll(entries);

        assertThat(entries).isEmpty();
        assertThat(table()).hasSize(25);
        assertThat(probe.calls()).filteredOn("executeBatch"::equals).hasSize(3);
        assertThat(probe.calls()).filteredOn("commit"::equals).hasSize(3);
    }

    @Test
    void keysAreDeletedInBatches() throws SQLException {
        writer.writeAll(entries(1, 30));
        List<Integer> keys = new ArrayList<>(List.of(3, 4, 5, 99));

        writer.batch(2).deleteAll(keys);

        assertThat(keys).isEmpty();
        assertThat(table()).hasSize(27);
    }

    @Test
    void failedBatchAndThoseBehindItAreLeftInTheCollection() throws SQLException {
        TreeMap<Integer, String> values = new TreeMap<>();
        IntStream.rangeClosed(1, 9).forEach(id -> values.put(id, id == 5 ? "far too long a name" : "short"));
        Collection<Cache.Entry<? extends Integer, ? extends String>> entries = Entries.of(values);

        assertThatThrownBy(() -> writer.batch(3).writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .isNotInstanceOf(UnknownOutcomeException.class)
                .hasMessage("6 entries were not written by: merge into item (id, name) key (id) values (?, ?)");

        assertThat(Entries.keys(entries)).containsExactly(4, 5, 6, 7, 8, 9);
        assertThat(table()).containsExactly("1:short", "2:short", "3:short");
    }

    @Test
    void failedDeletesAreLeftInTheCollection() throws SQLException {
        writer.writeAll(entries(1, 4));
        probe.before(call -> {
            if (call.equals("commit")
                    && probe.calls().stream().filter("commit"::equals).count() == 2) {
                throw new SQLException("deadlock", "40001");
            }
        });
        List<Integer> keys = new ArrayList<>(List.of(1, 2, 3, 4));

        assertThatThrownBy(() -> writer.batch(2).deleteAll(keys))
                .hasMessageStartingWith("2 entries were not deleted by");

        assertThat(keys).containsExactly(3, 4);
        assertThat(table()).containsExactly("3:item 3", "4:item 4");
    }

    @Test
    void lostReplyToACommitIsSettledByWritingAgain() throws SQLException {
        probe.failAfterNext("commit", CONNECTION_LOST);
        Collection<Cache.Entry<? extends Integer, ? extends String>> entries = entries(1, 2);

        writer.writeAll(entries);

        assertThat(entries).isEmpty();
        assertThat(table()).hasSize(2);
        assertThat(probe.calls()).filteredOn("executeBatch"::equals).hasSize(2);
    }

    /** Nobody knows what came of a commit that fails in a way that no driver should. */
    @Test
    void uncheckedFailureOfACommitIsSettledByWritingAgain() throws SQLException {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        probe.after(call -> {
            if (call.equals("commit") && isFirst.getAndSet(false)) {
                throw new IllegalStateException("from the driver");
            }
        });

        writer.write(Entries.entry(1, "one"));

        assertThat(table()).containsExactly("1:one");
        assertThat(probe.calls()).filteredOn("executeBatch"::equals).hasSize(2);
    }

    @Test
    void commitThatNeverArrivedIsSettledByWritingAgain() throws SQLException {
        probe.failNext("commit", CONNECTION_LOST);

        writer.write(Entries.entry(1, "one"));
        probe.failNext("commit", new SQLException("terminating connection", "57P01"));
        writer.delete(1);

        assertThat(table()).isEmpty();
        assertThat(probe.calls()).filteredOn("executeBatch"::equals).hasSize(4);
    }

    @Test
    void outcomeThatCannotBeSettledIsToldAsUnknown() throws SQLException {
        probe.after(call -> {
            if (call.equals("commit")) {
                throw CONNECTION_LOST;
            }
        });
        Collection<Cache.Entry<? extends Integer, ? extends String>> entries = entries(1, 3);

        UnknownOutcomeException unknown = catchThrowableOfType(
                UnknownOutcomeException.class, () -> writer.batch(2).writeAll(entries));

        assertThat(unknown).hasMessageContaining("nobody knows whether 2 entries were written by: merge into item");
        assertThat(unknown.keys()).isEqualTo(Set.of(1, 2));
        assertThat(unknown.getCause().getSuppressed()).hasSize(3);
        assertThat(Entries.keys(entries)).containsExactly(1, 2, 3);
        assertThat(table()).containsExactly("1:item 1", "2:item 2");
    }

    @Test
    void statementThatMustNotRunTwiceIsNotRepeated() {
        probe.failAfterNext("commit", CONNECTION_LOST);

        UnknownOutcomeException unknown = catchThrowableOfType(
                UnknownOutcomeException.class, () -> writer.repeats(0).delete(1));

        assertThat(unknown.keys()).isEqualTo(Set.of(1));
        assertThat(probe.calls()).filteredOn("executeBatch"::equals).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40001", "25P02", "P0001", "22001"})
    void commitThatWasRefusedIsAPlainFailure(String state) throws SQLException {
        probe.failNext("commit", new SQLException("refused", state));

        assertThatThrownBy(() -> writer.write(Entries.entry(1, "one")))
                .isInstanceOf(CacheWriterException.class)
                .isNotInstanceOf(UnknownOutcomeException.class);

        assertThat(table()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08007", "40003", "57P01", "HY000", ""})
    void commitThatFailedOtherwiseIsDoubtful(String state) {
        probe.before(call -> {
            if (call.equals("commit")) {
                throw new SQLException("gone", state.isEmpty() ? null : state);
            }
        });

        assertThatThrownBy(() -> writer.write(Entries.entry(1, "one"))).isInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void connectionLostBeforeTheCommitIsAPlainFailure() throws SQLException {
        probe.failNext("executeBatch", CONNECTION_LOST);

        assertThatThrownBy(() -> writer.write(Entries.entry(1, "one")))
                .isInstanceOf(CacheWriterException.class)
                .isNotInstanceOf(UnknownOutcomeException.class)
                .hasMessage("1 entry was not written by: merge into item (id, name) key (id) values (?, ?)");

        assertThat(table()).isEmpty();
    }

    @Test
    void connectionThatCannotBeClosedDoesNotUndoACommit() throws SQLException {
        probe.before(call -> {
            if (call.equals("close") && probe.calls().contains("commit")) {
                throw CONNECTION_LOST;
            }
        });
        writer.write(Entries.entry(1, "one"));
        probe.before(call -> {});

        assertThat(table()).containsExactly("1:one");
        assertThat(probe.openConnections()).isEqualTo(1);
        probe.forgetOpen();
    }

    @Test
    void autoCommitIsSwitchedBackOn() throws SQLException {
        try (Connection shared = database.getConnection()) {
            JdbcWriter<Integer, String> onOne = JdbcWriter.of(
                    Sql.always(shared),
                    ITEMS.upsert(Dialect.H2),
                    (statement, id, name) -> {
                        statement.setInt(1, id);
                        statement.setString(2, name);
                    },
                    ITEMS.delete());

            onOne.write(Entries.entry(1, "one"));
            assertThat(shared.getAutoCommit()).isTrue();

            assertThatThrownBy(() -> onOne.write(Entries.entry(2, "far too long a name")));
            assertThat(shared.getAutoCommit()).isTrue();
        }
        assertThat(table()).containsExactly("1:one");
    }

    @Test
    void autoCommitStaysOffWhereARollbackFailed() {
        probe.before(call -> {
            if (call.equals("rollback") || call.equals("executeBatch")) {
                throw CONNECTION_LOST;
            }
        });

        assertThatThrownBy(() -> writer.write(Entries.entry(1, "one")));

        assertThat(probe.calls()).filteredOn("setAutoCommit"::equals).hasSize(1);
    }

    private record Seat(String flight, int number) {}

    @Test
    void keyMayHaveSeveralColumns() throws SQLException {
        Sql.run(
                database,
                "create table seat (flight varchar, number int, passenger varchar, primary key (flight, number))");
        Table table = Table.named("seat").key("flight", "number").columns("passenger");
        JdbcWriter<Seat, String> seats = JdbcWriter.<Seat, String>of(
                        probe.dataSource(),
                        table.upsert(Dialect.H2),
                        (statement, seat, passenger) -> {
                            statement.setString(1, seat.flight());
                            statement.setInt(2, seat.number());
                            statement.setString(3, passenger);
                        },
                        table.delete())
                .binding((statement, first, seat) -> {
                    statement.setString(first, seat.flight());
                    statement.setInt(first + 1, seat.number());
                });

        seats.write(Entries.entry(new Seat("LH1", 1), "Ada"));
        seats.write(Entries.entry(new Seat("LH1", 2), "Bob"));
        seats.delete(new Seat("LH1", 1));

        assertThat(Sql.rows(database, "select * from seat")).containsExactly("LH1:2:Bob");
    }

    @Test
    void nothingNeedsNoConnection() {
        writer.writeAll(Entries.of(Map.of()));
        writer.deleteAll(new ArrayList<>());

        assertThat(probe.calls()).isEmpty();
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> writer.batch(0));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.repeats(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.timeout(Duration.ofSeconds(-1)));
    }
}
