package dev.larder.examples.docs;

import dev.larder.jcache.LarderCache;
import dev.larder.patterns.aside.CacheAside;
import dev.larder.patterns.aside.Slot;
import dev.larder.patterns.behind.DeadLetter;
import dev.larder.patterns.behind.Journal;
import dev.larder.patterns.behind.JournalCodec;
import dev.larder.patterns.behind.RetryPolicy;
import dev.larder.patterns.behind.WhenFull;
import dev.larder.patterns.behind.WriteBehind;
import dev.larder.patterns.invalidate.Invalidations;
import dev.larder.patterns.invalidate.Invalidator;
import dev.larder.patterns.invalidate.PostgresListener;
import dev.larder.patterns.invalidate.PostgresTrigger;
import dev.larder.patterns.jdbc.Dialect;
import dev.larder.patterns.jdbc.Table;
import dev.larder.patterns.load.JdbcLoader;
import dev.larder.patterns.load.Loaders;
import dev.larder.patterns.write.JdbcWriter;
import dev.larder.patterns.write.UnknownOutcomeException;
import java.io.Serializable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The Java of {@code docs/patterns.md}; see {@link Snippets}. */
final class PatternSnippets {

    private PatternSnippets() {}

    record Airport(String icao, String name, String city) implements Serializable {}

    interface Service {
        Airport airport(String icao);

        Map<String, Airport> airports(Set<String> icaos);

        void update(Airport airport);
    }

    interface Repository {
        Optional<Airport> findById(String icao);

        Iterable<Airport> findAllById(Iterable<String> icaos);
    }

    static List<CacheLoader<String, Airport>> loaders(Service service, Repository airports) {
        // snippet: docs/patterns.md
        CacheLoader<String, Airport> one = Loaders.of(service::airport);
        CacheLoader<String, Airport> many = Loaders.bulk(service::airports);
        CacheLoader<String, Airport> repository =
                Loaders.repository(airports::findById, airports::findAllById, Airport::icao);
        // end
        return List.of(one, many, repository);
    }

    static MutableConfiguration<String, Airport> readThrough(DataSource dataSource) {
        // snippet: docs/patterns.md
        JdbcLoader<String, Airport> loader = JdbcLoader.of(
                dataSource,
                "select icao, name, city from airport where icao in (:keys)",
                row -> row.getString("icao"),
                row -> new Airport(row.getString("icao"), row.getString("name"), row.getString("city")));
        MutableConfiguration<String, Airport> configuration =
                new MutableConfiguration<String, Airport>().setReadThrough(true).setCacheLoaderFactory(() -> loader);
        // end
        return configuration;
    }

    static MutableConfiguration<String, Airport> writeThrough(DataSource dataSource) {
        // snippet: docs/patterns.md
        Table table = Table.named("airport").key("icao").columns("name", "city");
        JdbcWriter<String, Airport> writer = JdbcWriter.of(
                dataSource,
                table.upsert(Dialect.POSTGRESQL),
                (statement, icao, airport) -> {
                    statement.setString(1, icao);
                    statement.setString(2, airport.name());
                    statement.setString(3, airport.city());
                },
                table.delete());
        MutableConfiguration<String, Airport> configuration = new MutableConfiguration<String, Airport>()
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> writer);
        // end
        return configuration;
    }

    static void unknownOutcome(Cache<String, Airport> cache, Airport airport) {
        // snippet: docs/patterns.md
        try {
            cache.put(airport.icao(), airport);
        } catch (UnknownOutcomeException e) {
            LarderCache.of(cache).invalidate(airport.icao()); // the next get asks the database
            throw e;
        }
        // end
    }

    static MutableConfiguration<String, Airport> writeBehind(
            CacheWriter<String, Airport> writer,
            CacheLoader<String, Airport> loader,
            Path file,
            Consumer<DeadLetter<String, Airport>> support) {
        // snippet: docs/patterns.md
        WriteBehind<String, Airport> behind = WriteBehind.to(writer)
                .name("airports")
                .delay(Duration.ofMillis(500))
                .capacity(50_000)
                .whenFull(WhenFull.block(Duration.ofSeconds(2)))
                .retries(RetryPolicy.exponential(Duration.ofMillis(200), Duration.ofMinutes(1))
                        .attempts(30))
                .deadLetters(support)
                .journal(Journal.at(file, JournalCodec.strings(), JournalCodec.serialized(Airport.class)))
                .jmx()
                .start();
        MutableConfiguration<String, Airport> configuration = new MutableConfiguration<String, Airport>()
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> behind)
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> behind.reading(loader));
        // end
        return configuration;
    }

    static @Nullable Airport cacheAside(CacheManager manager, CacheLoader<String, Airport> loader, Service service) {
        Airport changed = new Airport("ENGM", "Oslo Airport, Gardermoen", "Oslo");
        // snippet: docs/patterns.md
        Cache<String, Slot<Airport>> cache = manager.createCache("airports", new MutableConfiguration<>());
        CacheAside<String, Airport> airports = CacheAside.over(cache, loader);
        Airport oslo = airports.get("ENGM");

        service.update(changed);
        airports.invalidate("ENGM"); // cache.remove("ENGM") does the same
        // end
        return oslo;
    }

    static void invalidation(CacheAside<String, Airport> airports, Connection connection, String icao)
            throws SQLException {
        // snippet: docs/patterns.md
        Invalidator<String> invalidator = Invalidator.of(airports); // or of a cache
        try (Invalidations<String> invalidations = Invalidations.begin(invalidator)) {
            invalidations.changed(icao);
            rename(connection, icao);
            connection.commit();
        }
        // end
    }

    private static void rename(Connection connection, String icao) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update airport set name = '' where icao = ?")) {
            statement.setString(1, icao);
            statement.executeUpdate();
        }
    }

    static PostgresListener<String> changesByOthers(DataSource dataSource, Cache<String, Airport> cache)
            throws SQLException {
        // snippet: docs/patterns.md
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    PostgresTrigger.on("airport", "airport_changed", "icao").create()); // or in a migration
        }
        PostgresListener<String> listener =
                PostgresListener.start(dataSource, "airport_changed", columns -> columns.get(0), Invalidator.of(cache));
        // end
        return listener;
    }
}
