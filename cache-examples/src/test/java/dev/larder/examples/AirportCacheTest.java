package dev.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache as a user would copy it, with loader and writer, before a real table. */
class AirportCacheTest {

    private final List<Airport> airports = TestAirports.many(300);
    private AirportTable table;
    private CacheManager caches;
    private Cache<String, Airport> cache;

    @BeforeEach
    void open() throws SQLException {
        table = new AirportTable();
        table.saveAll(airports);
        caches = Caching.getCachingProvider().getCacheManager();
        cache = caches.createCache("airports", AirportCache.settings(table, 1_000, Duration.ofMinutes(10)));
    }

    @AfterEach
    void close() throws SQLException {
        caches.close();
        table.close();
    }

    @Test
    void missingAirportIsLoadedOnce() {
        assertThat(cache.get("A007")).isEqualTo(airports.get(7));
        assertThat(cache.get("A007")).isEqualTo(airports.get(7));

        assertThat(table.queries()).isEqualTo(1);
    }

    @Test
    void unknownAirportIsNull() {
        assertThat(cache.get("NONE")).isNull();
    }

    @Test
    void manyAirportsAreLoadedWithOneQuery() {
        Map<String, Airport> found = cache.getAll(Set.of("A001", "A002", "A003", "NONE"));

        assertThat(found)
                .containsOnly(
                        Map.entry("A001", airports.get(1)),
                        Map.entry("A002", airports.get(2)),
                        Map.entry("A003", airports.get(3)));
        assertThat(table.queries()).isEqualTo(1);
    }

    @Test
    void airportIsSharedNotCopied() {
        assertThat(cache.get("A007")).isSameAs(cache.get("A007"));
    }

    @Test
    void putReachesTheTable() throws SQLException {
        Airport raised = airports.get(7).withAltitude(7_777);

        cache.put("A007", raised);

        assertThat(table.find("A007")).isEqualTo(raised);
    }

    @Test
    void removeReachesTheTable() throws SQLException {
        cache.remove("A007");

        assertThat(table.find("A007")).isNull();
        assertThat(cache.get("A007")).isNull();
    }

    @Test
    void bulkChangesReachTheTable() throws SQLException {
        Map<String, Airport> more = new LinkedHashMap<>();
        for (int i = 0; i < 250; i++) {
            more.put("B%03d".formatted(i), TestAirports.named("B%03d".formatted(i), "new"));
        }

        cache.putAll(more);
        assertThat(table.findAll(more.keySet())).isEqualTo(more);

        cache.removeAll(more.keySet());
        assertThat(table.findAll(more.keySet())).isEmpty();
    }

    @Test
    void whatTheTableRefusesIsNotCached() throws SQLException {
        Airport refused = TestAirports.named("A007", "too long ".repeat(100));

        assertThatThrownBy(() -> cache.put("A007", refused))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("A007");

        assertThat(cache.get("A007")).isEqualTo(airports.get(7));
    }

    @Test
    void afterPutAllThatFailsHalfwayCacheAndTableAgree() throws SQLException {
        Map<String, Airport> changes = new LinkedHashMap<>();
        for (Airport airport : airports) {
            changes.put(airport.icao(), airport.withAltitude(9_999));
        }
        changes.put("A150", TestAirports.named("A150", "too long ".repeat(100)));

        assertThatThrownBy(() -> cache.putAll(changes)).isInstanceOf(CacheWriterException.class);

        Map<String, Airport> stored = table.findAll(changes.keySet());
        assertThat(stored.values().stream().filter(airport -> airport.altitudeFeet() == 9_999))
                .hasSize(AirportWriter.BATCH_SIZE);
        long queriesBefore = table.queries();
        assertThat(cache.getAll(changes.keySet())).isEqualTo(stored);
        assertThat(table.queries() - queriesBefore)
                .as("the others were left out of the cache, and are loaded")
                .isEqualTo(1);
    }

    @Test
    void statisticsCount() {
        cache.get("A001");
        cache.get("A001");
        cache.get("A001");

        assertThat(AirportCache.statistics(cache).getCacheHits()).isEqualTo(2);
        assertThat(AirportCache.statistics(cache).getCacheMisses()).isEqualTo(1);
    }
}
