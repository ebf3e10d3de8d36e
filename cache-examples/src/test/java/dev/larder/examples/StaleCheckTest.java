package dev.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check finds nothing where nothing is wrong, and finds what is. */
class StaleCheckTest {

    private static final int UPDATES = 2_000;

    private final List<Airport> airports = TestAirports.many(40);
    private final List<Integer> progress = Collections.synchronizedList(new ArrayList<>());
    private AirportTable table;
    private CacheManager caches;

    @BeforeEach
    void open() throws SQLException {
        table = new AirportTable();
        table.saveAll(airports);
        caches = Caching.getCachingProvider().getCacheManager();
    }

    @AfterEach
    void close() throws SQLException {
        caches.close();
        table.close();
    }

    @Test
    void noReadIsStaleAndNoUpdateLost() throws Exception {
        StaleCheck check = checkOf(AirportCache.settings(table, 10, Duration.ofMinutes(10)));

        StaleCheck.Result result = check.run(UPDATES, 1, progress::add);

        assertThat(result.staleReads()).isZero();
        assertThat(result.firstStale()).isNull();
        assertThat(result.updates()).isEqualTo(UPDATES);
        assertThat(result.reads()).isGreaterThanOrEqualTo(airports.size());
        assertThat(check.countLost(table::find)).isZero();
        assertThat(progress).containsExactly(25, 50, 75, 100);
    }

    @Test
    void noReadIsStaleThoughAirportsExpireAllTheTime() throws Exception {
        StaleCheck check = checkOf(AirportCache.settings(table, 1_000, Duration.ofMillis(1)));

        assertThat(check.run(UPDATES, 1, progress::add).staleReads()).isZero();
    }

    @Test
    void loaderThatLagsBehindIsFound() throws Exception {
        StaleCheck check = checkOf(Broken.laggingLoader(table, airports));

        StaleCheck.Result result = check.run(UPDATES, 1, progress::add);

        assertThat(result.staleReads()).isPositive();
        assertThat(result.firstStale()).matches("airport A\\d+: got version 0 after put of version \\d+ had returned");
    }

    @Test
    void loaderThatFindsNothingIsFound() throws Exception {
        StaleCheck check = checkOf(Broken.laggingLoader(table, List.of()));

        StaleCheck.Result result = check.run(UPDATES, 1, progress::add);

        assertThat(result.staleReads()).isPositive();
        assertThat(result.firstStale()).contains("got nothing");
    }

    @Test
    void writerThatLosesUpdatesIsFound() throws Exception {
        StaleCheck check = checkOf(Broken.forgetfulWriter(table));

        StaleCheck.Result result = check.run(UPDATES, 1, progress::add);

        assertThat(result.staleReads()).as("the cache itself has them all").isZero();
        assertThat(check.countLost(table::find)).isPositive();
    }

    private StaleCheck checkOf(CacheSettings<String, Airport> settings) {
        Cache<String, Airport> cache = caches.createCache("checked", settings);
        return new StaleCheck(cache, airports);
    }
}
