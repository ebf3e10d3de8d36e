package dev.larder.examples;

import dev.larder.jcache.CacheSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/**
 * Looks airports up in a database, then through a cache in front of it, and compares; then changes airports while others
 * read them, and ends with status 1 if a read was stale or another promise was not kept. Run by {@code mvn -q -Pdemo}.
 */
public final class AirportDemo {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

    private static final int WARM_UP_ROUNDS = 3;

    private static final int CHANGED_AIRPORTS = 400;

    /** So little room that airports are dropped, and loaded again while others change them. */
    private static final int ROOM_FOR_CHANGED = 100;

    private final Workload workload;
    private final Settings settings;
    private final Steps steps;
    private final CacheManager caches;
    private final AirportTable table;

    /** The one asked for most comes first. */
    private final List<Airport> airports;

    /** How airports are cached; a test has other ways. */
    @FunctionalInterface
    interface Settings {
        CacheSettings<String, Airport> of(AirportTable table, int maximumSize, Duration timeToLive);
    }

    private AirportDemo(
            Workload workload,
            Settings settings,
            Steps steps,
            CacheManager caches,
            AirportTable table,
            List<Airport> airports) {
        this.workload = workload;
        this.settings = settings;
        this.steps = steps;
        this.caches = caches;
        this.table = table;
        this.airports = airports;
    }

    /** Runs the demo at its full size. */
    public static void main(String[] args) throws Exception {
        Report report = run(Workload.full(), AirportCache::settings, System.out);
        System.exit(report.exitStatus());
    }

    /** Runs the demo, and prints and returns what it measured. */
    static Report run(Workload workload, Settings settings, PrintStream out) throws Exception {
        List<Airport> airports = new ArrayList<>(AirportCsv.readResource());
        Collections.shuffle(airports, new Random(workload.seed()));
        out.println(introduction(workload, airports.size()));

        Steps steps = new Steps(out, 6);
        steps.begin("load the airports into the database");
        try (AirportTable table = new AirportTable();
                CacheManager caches = Caching.getCachingProvider().getCacheManager()) {
            table.saveAll(airports);
            steps.end();
            Report report = new AirportDemo(workload, settings, steps, caches, table, airports).measure();
            report.print(out);
            return report;
        }
    }

    private static String introduction(Workload workload, int airports) {
        return String.format(
                Locale.ROOT,
                """
                Larder demo: %,d look-ups of %,d airports by %d threads, a few airports asked for often and most rarely.
                The database is H2 in memory in the same JVM, no network: a real database would be slower.
                The cache starts empty and has room for %,d airports, each for at most %d minutes.
                Airports by OpenFlights, Open Database License 1.0.
                """,
                workload.lookUps(),
                airports,
                workload.threads(),
                workload.cacheSize(),
                TIME_TO_LIVE.toMinutes());
    }

    private Report measure() throws Exception {
        warmUp();
        LookUps lookUps = new LookUps(airports, workload.lookUps(), workload.threads(), workload.seed());
        Report.Column direct = lookUpDirectly(lookUps);
        Report.Column cached = lookUpThroughCache(lookUps);
        Report.Stampedes stampedes = stampede();
        Report.Updates updates = updateWhileReading();
        return new Report(direct, cached, stampedes, updates);
    }

    /** Lets the JVM compile what will be measured, with other look-ups and caches that are thrown away. */
    private void warmUp() throws Exception {
        steps.begin("warm up, not measured");
        for (int round = 1; round <= WARM_UP_ROUNDS; round++) {
            LookUps others = new LookUps(airports, workload.lookUps(), workload.threads(), workload.seed() + round);
            others.time(table::find);
            try (Cache<String, Airport> cache = openCache("warm-up")) {
                others.time(cache::get);
            }
            steps.progress(100 * round / WARM_UP_ROUNDS);
        }
        steps.end();
    }

    private Cache<String, Airport> openCache(String name) {
        return caches.createCache(name, settings.of(table, workload.cacheSize(), TIME_TO_LIVE));
    }

    private Report.Column lookUpDirectly(LookUps lookUps) throws Exception {
        steps.begin("look up straight from the database");
        long queriesBefore = table.queries();
        Timing timing = lookUps.time(table::find);
        steps.end();
        return new Report.Column(timing, table.queries() - queriesBefore, 0);
    }

    private Report.Column lookUpThroughCache(LookUps lookUps) throws Exception {
        steps.begin("look up through Larder");
        try (Cache<String, Airport> cache = openCache("airports")) {
            long queriesBefore = table.queries();
            Timing timing = lookUps.time(cache::get);
            steps.end();
            long hits = AirportCache.statistics(cache).getCacheHits();
            return new Report.Column(timing, table.queries() - queriesBefore, hits);
        }
    }

    private Report.Stampedes stampede() throws Exception {
        steps.begin("stampede of " + Stampede.THREADS + " threads on one airport, without the cache and with it");
        String icao = airports.get(0).icao();
        Stampede direct = new Stampede();
        long directQueries = direct.queries(table, direct.slow(new AirportLoader(table))::load, icao);

        Stampede cached = new Stampede();
        CacheSettings<String, Airport> usual = settings.of(table, workload.cacheSize(), TIME_TO_LIVE);
        CacheSettings<String, Airport> slow = usual.toBuilder()
                .loader(cached.slow(usual.getCacheLoaderFactory().create()))
                .build();
        try (Cache<String, Airport> cache = caches.createCache("stampede", slow)) {
            long cachedQueries = cached.queries(table, cache::get, icao);
            steps.end();
            return new Report.Stampedes(directQueries, cachedQueries);
        }
    }

    private Report.Updates updateWhileReading() throws Exception {
        steps.begin("change airports through Larder while others read them");
        List<Airport> changed = airports.subList(0, CHANGED_AIRPORTS);
        CacheSettings<String, Airport> small = settings.of(table, ROOM_FOR_CHANGED, TIME_TO_LIVE);
        try (Cache<String, Airport> cache = caches.createCache("updates", small)) {
            long queriesBefore = table.queries();
            StaleCheck check = new StaleCheck(cache, changed);
            StaleCheck.Result result = check.run(workload.updates(), workload.seed(), steps::progress);
            long queries = table.queries() - queriesBefore;
            long lost = check.countLost(table::find);
            steps.end();
            return new Report.Updates(result, ROOM_FOR_CHANGED, queries, lost);
        }
    }
}
