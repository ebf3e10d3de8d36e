package dev.larder.patterns.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.Entries;
import dev.larder.patterns.fixture.Postgres;
import dev.larder.patterns.fixture.Sql;
import dev.larder.patterns.jdbc.Dialect;
import dev.larder.patterns.jdbc.Table;
import dev.larder.patterns.load.JdbcLoader;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresTest {

    private static final Table ITEMS = Table.named("item").key("id").columns("name");

    private final DataSource database = Postgres.dataSource();
    private final JdbcWriter<Integer, String> writer = JdbcWriter.of(
            database,
            ITEMS.upsert(Dialect.POSTGRESQL),
            (statement, id, name) -> {
                statement.setInt(1, id);
                statement.setString(2, name);
            },
            ITEMS.delete());

    @BeforeEach
    void makeTable() throws SQLException {
        Sql.run(database, "drop table if exists item", "create table item (id int primary key, name text)");
    }

    @Test
    void entriesAreInsertedUpdatedAndDeleted() throws SQLException {
        writer.writeAll(Entries.of(Map.of(1, "one", 2, "two", 3, "three")));
        writer.write(Entries.entry(1, "uno"));
        writer.delete(2);

        assertThat(Sql.rows(database, "select * from item order by id")).containsExactly("1:uno", "3:three");
    }

    @Test
    void rowsAreLoadedByListAndByArray() {
        writer.writeAll(Entries.of(Map.of(1, "one", 2, "two", 3, "three")));
        JdbcLoader<Integer, String> byList =
                JdbcLoader.of(database, ITEMS.select(), row -> row.getInt("id"), row -> row.getString("name"));
        JdbcLoader<Integer, String> byArray = JdbcLoader.<Integer, String>of(
                        database,
                        "select id, name from item where id = any (:keys)",
                        row -> row.getInt("id"),
                        row -> row.getString("name"))
                .array("integer");

        Map<Integer, String> expected = Map.of(1, "one", 3, "three");
        assertThat(byList.loadAll(List.of(1, 3, 5))).isEqualTo(expected);
        assertThat(byArray.loadAll(List.of(1, 3, 5))).isEqualTo(expected);
    }

    @Test
    void constraintThatIsCheckedAtCommitIsAPlainFailure() throws SQLException {
        Sql.run(database, "alter table item add constraint names unique (name) deferrable initially deferred");
        writer.write(Entries.entry(1, "same"));
        Collection<Cache.Entry<? extends Integer, ? extends String>> entries =
                Entries.of(new TreeMap<>(Map.of(2, "other", 3, "same")));

        assertThatThrownBy(() -> writer.writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .isNotInstanceOf(UnknownOutcomeException.class);

        assertThat(Entries.keys(entries)).containsExactly(2, 3);
        assertThat(Sql.rows(database, "select * from item")).containsExactly("1:same");
    }
}
