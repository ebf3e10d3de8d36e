package dev.larder.examples.patterns;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.patterns.jdbc.Table;
import dev.larder.patterns.load.JdbcLoader;
import dev.larder.patterns.load.Loaders;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.integration.CacheLoader;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** A cache that fetches what it lacks from a table, and how many queries that takes. */
public final class ReadThroughExample {

    private static final int THREADS = 100;

    private final AtomicInteger queries = new AtomicInteger();

    private ReadThroughExample() {}

    /** Asks a cache for capitals, and prints them with the number of queries so far. */
    public static void main(String[] args) throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:capitals");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                CacheManager caches = Caching.getCachingProvider().getCacheManager()) {
            statement.execute("create table capital (country varchar primary key, city varchar)");
            statement.execute("insert into capital values ('Norway', 'Oslo'), ('Sweden', 'Stockholm'),"
                    + " ('Denmark', 'Copenhagen'), ('Finland', 'Helsinki'), ('Kazakhstan', 'Nur-Sultan')");
            new ReadThroughExample().show(database, caches, statement);
        }
    }

    private void show(JdbcDataSource database, CacheManager caches, Statement statement) throws Exception {
        JdbcLoader<String, String> table = JdbcLoader.of(
                database,
                Table.named("capital").key("country").columns("city").select(),
                row -> row.getString("country"),
                row -> row.getString("city"));
        CacheLoader<String, String> loader = Loaders.bulk(countries -> {
            queries.incrementAndGet();
            return table.loadAll(countries);
        });
        Cache<String, String> capitals = caches.createCache(
                "capitals",
                CacheSettings.builder(String.class, String.class).loader(loader).build());

        print("Norway", capitals.get("Norway"));
        print("Norway again", capitals.get("Norway"));
        print(THREADS + " threads at once, Sweden", askTogether(capitals, "Sweden"));
        print("getAll", new TreeMap<>(capitals.getAll(Set.of("Denmark", "Finland", "Kazakhstan"))));

        statement.execute("update capital set city = 'Astana' where country = 'Kazakhstan'");
        print("Kazakhstan after a change that nobody told of", capitals.get("Kazakhstan"));
        LarderCache.of(capitals).invalidate("Kazakhstan");
        print("Kazakhstan after its invalidation", capitals.get("Kazakhstan"));
    }

    private void print(String what, @Nullable Object answer) {
        System.out.println(what + ": " + answer + " (queries so far: " + queries + ")");
    }

    /** Returns what threads get who ask at the same time; one answer, if all get the same. */
    private static Set<String> askTogether(Cache<String, String> capitals, String country) throws Exception {
        CountDownLatch start = new CountDownLatch(THREADS);
        Callable<String> asking = () -> {
            start.countDown();
            start.await();
            return capitals.get(country);
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Set<String> answers = new HashSet<>();
            for (Future<String> answer : threads.invokeAll(Collections.nCopies(THREADS, asking))) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }
}
