package dev.larder.patterns.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.patterns.aside.CacheAside;
import dev.larder.patterns.aside.Slot;
import dev.larder.patterns.behind.WriteBehind;
import dev.larder.patterns.fixture.ProbedDataSource;
import dev.larder.patterns.fixture.Provider;
import dev.larder.patterns.fixture.Sql;
import dev.larder.patterns.jdbc.Dialect;
import dev.larder.patterns.jdbc.Table;
import dev.larder.patterns.load.JdbcLoader;
import dev.larder.patterns.write.JdbcWriter;
import dev.larder.patterns.write.UnknownOutcomeException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every pattern does with a cache, whoever provides it. */
@Timeout(300)
abstract class ProviderContract {

    private static final Table ITEMS = Table.named("item").key("id").columns("name");

    private final CacheManager manager = provider().newManager();
    private final DataSource database = Sql.h2();
    private final ProbedDataSource probe = new ProbedDataSource(database);
    private final JdbcLoader<Integer, String> loader =
            JdbcLoader.of(probe.dataSource(), ITEMS.select(), row -> row.getInt("id"), row -> row.getString("name"));
    private final JdbcWriter<Integer, String> writer = JdbcWriter.of(
            probe.dataSource(),
            ITEMS.upsert(Dialect.H2),
            (statement, id, name) -> {
                statement.setInt(1, id);
                statement.setString(2, name);
            },
            ITEMS.delete());

    abstract Provider provider();

    @BeforeEach
    void makeTable() throws SQLException {
        Sql.run(
                database,
                "create table item (id int primary key, name varchar(10))",
                "insert into item values (1, 'one'), (2, 'two'), (3, 'three')");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private Cache<Integer, String> through(CacheWriter<Integer, String> cacheWriter) {
        return manager.createCache(
                "items",
                new MutableConfiguration<Integer, String>()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(() -> loader)
                        .setWriteThrough(true)
                        .setCacheWriterFactory(() -> cacheWriter));
    }

    private List<String> table() throws SQLException {
        return Sql.rows(database, "select id, name from item order by id");
    }

    private static List<String> contents(Cache<Integer, String> cache) {
        Map<Integer, String> sorted = new TreeMap<>();
        cache.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        List<String> rows = new ArrayList<>();
        sorted.forEach((id, name) -> rows.add(id + ":" + name));
        return rows;
    }

    @Test
    void missesAreReadFromTheTable() {
        Cache<Integer, String> cache = through(writer);

        assertThat(cache.get(1)).isEqualTo("one");
        assertThat(cache.get(9)).isNull();
        assertThat(cache.getAll(Set.of(1, 2, 3, 9))).isEqualTo(Map.of(1, "one", 2, "two", 3, "three"));
        assertThat(probe.prepared()).hasSize(3);
    }

    @Test
    void changesReachTheTable() throws SQLException {
        Cache<Integer, String> cache = through(writer);

        cache.put(1, "uno");
        cache.putAll(Map.of(4, "four", 5, "five", 6, "six"));
        cache.remove(2);
        cache.removeAll(Set.of(3, 6));

        assertThat(table()).containsExactly("1:uno", "4:four", "5:five");
        assertThat(contents(cache)).isEqualTo(table());
    }

    @Test
    void cacheAndTableAgreeAfterABulkWriteThatFailedHalfWay() throws SQLException {
        Cache<Integer, String> cache = through(writer.batch(2));
        cache.getAll(Set.of(1, 2, 3));
        Map<Integer, String> changes = new TreeMap<>();
        for (int id = 1; id <= 9; id++) {
            changes.put(id, id == 6 ? "far too long a name" : "new " + id);
        }

        assertThatThrownBy(() -> cache.putAll(changes)).isInstanceOf(CacheWriterException.class);

        assertThat(contents(cache)).isEqualTo(table());
    }

    @Test
    void cacheAndTableAgreeAfterABulkRemovalThatFailedHalfWay() throws SQLException {
        Cache<Integer, String> cache = through(writer.batch(1));
        cache.getAll(Set.of(1, 2, 3));
        Sql.run(database, "create table part (item int references item)", "insert into part values (2)");

        assertThatThrownBy(() -> cache.removeAll(Set.of(1, 2, 3))).isInstanceOf(CacheWriterException.class);

        assertThat(contents(cache)).isEqualTo(table()).contains("2:two");
    }

    @Test
    void outcomeThatIsUnknownIsMadeGoodByLoading() throws Exception {
        Cache<Integer, String> cache = through(writer.repeats(0));
        assertThat(cache.get(1)).isEqualTo("one");
        probe.failAfterNext("commit", new SQLException("connection reset", "08006"));

        UnknownOutcomeException unknown =
                catchThrowableOfType(UnknownOutcomeException.class, () -> cache.put(1, "uno"));
        assertThat(unknown.keys()).isEqualTo(Set.of(1));
        CompletionListenerFuture loaded = new CompletionListenerFuture();
        cache.loadAll(Set.of(1), true, loaded);
        loaded.get();

        assertThat(cache.get(1)).isEqualTo("uno");
        assertThat(table()).contains("1:uno");
    }

    @Test
    void queuedChangesAreReadAndThenWritten() throws Exception {
        WriteBehind<Integer, String> behind =
                WriteBehind.to(writer).delay(Duration.ofHours(1)).start();
        Cache<Integer, String> cache = manager.createCache(
                "items",
                new MutableConfiguration<Integer, String>()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(() -> behind.reading(loader))
                        .setWriteThrough(true)
                        .setCacheWriterFactory(() -> behind));
        cache.put(1, "uno");
        cache.remove(2);
        cache.clear(); // as an eviction would

        assertThat(table()).contains("1:one", "2:two");
        assertThat(cache.getAll(Set.of(1, 2, 3))).isEqualTo(Map.of(1, "uno", 3, "three"));

        assertThat(behind.flush(Duration.ofSeconds(60))).isTrue();
        assertThat(table()).containsExactly("1:uno", "3:three");
    }

    @Test
    void changesThatAreQueuedAreWrittenWhenTheCacheIsClosed() throws SQLException {
        WriteBehind<Integer, String> behind =
                WriteBehind.to(writer).delay(Duration.ofHours(1)).start();
        Cache<Integer, String> cache = through(behind);
        cache.put(1, "uno");

        cache.close();

        assertThat(table()).contains("1:uno");
    }

    @Test
    void cacheAsideLoadsStoresAndForgets() throws SQLException {
        Cache<Integer, Slot<String>> cache = manager.createCache("slots", new MutableConfiguration<>());
        CacheAside<Integer, String> aside = CacheAside.over(cache, loader);
        assertThat(aside.get(1)).isEqualTo("one");
        assertThat(aside.getAll(Set.of(1, 2, 9))).isEqualTo(Map.of(1, "one", 2, "two"));
        Sql.run(database, "update item set name = 'new'");

        assertThat(aside.get(1)).isEqualTo("one");
        cache.remove(1);
        assertThat(aside.get(1)).isEqualTo("new");
        assertThat(aside.get(2)).isEqualTo("two");
    }
}
