package dev.larder.examples.patterns;

import dev.larder.jcache.CacheSettings;
import dev.larder.patterns.behind.WriteBehind;
import dev.larder.patterns.jdbc.Dialect;
import dev.larder.patterns.jdbc.Table;
import dev.larder.patterns.load.JdbcLoader;
import dev.larder.patterns.write.JdbcWriter;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Counts the views of pages in a cache that writes behind: 10,000 changes of ten rows become one statement with ten rows. */
public final class WriteBehindExample {

    private static final int PAGES = 10;
    private static final int VIEWS = 10_000;
    private static final Table TABLE = Table.named("page").key("name").columns("views");

    private WriteBehindExample() {}

    /** Counts, and prints what cache and table have before and after the table is written. */
    public static void main(String[] args) throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:pages");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                CacheManager caches = Caching.getCachingProvider().getCacheManager()) {
            statement.execute("create table page (name varchar primary key, views int)");
            show(database, caches);
        }
    }

    private static void show(DataSource database, CacheManager caches) throws InterruptedException {
        JdbcLoader<String, Integer> table =
                JdbcLoader.of(database, TABLE.select(), row -> row.getString("name"), row -> row.getInt("views"));
        WriteBehind<String, Integer> behind = WriteBehind.to(writer(database))
                .delay(Duration.ofHours(1)) // far too long, so that one sees what is queued
                .start();
        Cache<String, Integer> views = caches.createCache(
                "views",
                CacheSettings.builder(String.class, Integer.class)
                        .loader(behind.reading(table))
                        .writer(behind)
                        .build());

        for (int i = 0; i < VIEWS; i++) {
            views.invoke("page " + i % PAGES, (entry, none) -> {
                entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                return null;
            });
        }
        print("counted " + VIEWS + " views", views, table);

        views.clear();
        print("cleared the cache, which now reads what is queued", views, table);

        behind.flush(Duration.ofSeconds(10));
        print("wrote what was queued", views, table);
        System.out.println(String.format(
                Locale.ROOT,
                "changes: %d, rows written: %d, batches: %d",
                behind.statistics().getAccepted(),
                behind.statistics().getWritten(),
                behind.statistics().getBatches()));
    }

    private static JdbcWriter<String, Integer> writer(DataSource database) {
        return JdbcWriter.of(
                database,
                TABLE.upsert(Dialect.H2),
                (statement, name, views) -> {
                    statement.setString(1, name);
                    statement.setInt(2, views);
                },
                TABLE.delete());
    }

    private static void print(String done, Cache<String, Integer> views, JdbcLoader<String, Integer> table) {
        System.out.println(done + ": page 7 has " + views.get("page 7") + " views in the cache and "
                + table.load("page 7") + " in the table");
    }
}
