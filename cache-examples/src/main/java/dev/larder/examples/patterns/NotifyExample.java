package dev.larder.examples.patterns;

import dev.larder.jcache.CacheSettings;
import dev.larder.patterns.invalidate.Invalidator;
import dev.larder.patterns.invalidate.PostgresListener;
import dev.larder.patterns.invalidate.PostgresTrigger;
import dev.larder.patterns.jdbc.Table;
import dev.larder.patterns.load.JdbcLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A change that another program makes in PostgreSQL drops the entry here. */
public final class NotifyExample {

    private static final String CHANNEL = "larder_example_changed";
    private static final Table STOCK =
            Table.named("larder_example").key("article").columns("pieces");

    private static final PostgresTrigger TRIGGER = PostgresTrigger.on("larder_example", CHANNEL, "article");

    private NotifyExample() {}

    /**
     * Changes a row as a stranger would, waits until that has been heard, and prints what the cache says.
     *
     * @param args the URL of a PostgreSQL, in which it makes a table and drops it again:
     *     {@code jdbc:postgresql://localhost/postgres?user=postgres}
     */
    public static void main(String[] args) throws Exception {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(args[0]);
        run(
                database,
                "create table larder_example (article text primary key, pieces int)",
                "insert into larder_example values ('apples', 3), ('pears', 5)",
                TRIGGER.create());
        try (CacheManager caches = Caching.getCachingProvider().getCacheManager()) {
            show(database, caches);
        } finally {
            run(database, TRIGGER.drop(), "drop table larder_example");
        }
    }

    private static void show(DataSource database, CacheManager caches) throws Exception {
        JdbcLoader<String, Integer> loader =
                JdbcLoader.of(database, STOCK.select(), row -> row.getString("article"), row -> row.getInt("pieces"));
        Cache<String, Integer> stock = caches.createCache(
                "stock",
                CacheSettings.builder(String.class, Integer.class)
                        .loader(loader)
                        .build());
        try (PostgresListener<String> listener =
                PostgresListener.start(database, CHANNEL, columns -> columns.get(0), Invalidator.of(stock))) {
            await(listener::isListening);
            System.out.println("apples: " + stock.get("apples") + ", pears: " + stock.get("pears"));

            run(database, "update larder_example set pieces = 2 where article = 'apples'");
            await(() -> !stock.containsKey("apples"));
            System.out.println("another program sold one: the entry of apples is gone, that of pears "
                    + (stock.containsKey("pears") ? "is not" : "too"));
            System.out.println("apples: " + stock.get("apples") + ", pears: " + stock.get("pears"));
        }
    }

    private static void run(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new TimeoutException("nothing was heard for 20 seconds");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
