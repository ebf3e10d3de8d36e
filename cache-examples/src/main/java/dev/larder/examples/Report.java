package dev.larder.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the demo measured, as a table for people, and whether it is what Larder promises.
 *
 * @param direct the look-ups straight from the database
 * @param cached the same look-ups through the cache
 * @param stampedes many threads that ask for one airport
 * @param updates airports changed while others read them
 */
record Report(Column direct, Column cached, Stampedes stampedes, Updates updates) {

    /**
     * Look-ups from one source.
     *
     * @param timing how long they took
     * @param queries how many queries the database got for them
     * @param hits how many of them the cache answered by itself
     */
    record Column(Timing timing, long queries, long hits) {}

    /**
     * How many queries the database got when many threads asked at once.
     *
     * @param directQueries without the cache
     * @param cachedQueries with it
     */
    record Stampedes(long directQueries, long cachedQueries) {}

    /**
     * Airports changed while others read them.
     *
     * @param result what the readers saw
     * @param cacheSize for how many airports the cache had room
     * @param queries how many queries the database got meanwhile
     * @param lost how many airports the database had in another version than was put last
     */
    record Updates(StaleCheck.Result result, int cacheSize, long queries, long lost) {}

    /** Returns the status that the program ends with: zero if nothing failed. */
    int exitStatus() {
        return failures().isEmpty() ? 0 : 1;
    }

    /** Returns what should not have happened, in a line each. */
    List<String> failures() {
        StaleCheck.Result read = updates.result();
        List<String> failures = new ArrayList<>();
        String stale = read.firstStale();
        if (stale != null) {
            failures.add(text("%,d of %,d reads were stale; %s", read.staleReads(), read.reads(), stale));
        }
        if (updates.lost() > 0) {
            failures.add(text(
                    "the database has %,d of %,d airports in another version than was put last",
                    updates.lost(), read.airports()));
        }
        if (stampedes.cachedQueries() != 1) {
            failures.add(text("the stampede took %,d queries instead of 1", stampedes.cachedQueries()));
        }
        return failures;
    }

    /** Prints the table, and whether something failed. */
    void print(PrintStream out) {
        out.println();
        printTable(out);
        out.println();
        printUpdates(out);
        out.println();
        if (failures().isEmpty()) {
            out.println("OK: no stale read, and one query for the stampede.");
        }
        failures().forEach(failure -> out.println("FAILED: " + failure));
    }

    private void printTable(PrintStream out) {
        Timing slow = direct.timing();
        Timing quick = cached.timing();
        printRow(out, "", "straight from H2", "through Larder");
        printRow(out, "look-ups", count(slow.lookUps()), count(quick.lookUps()));
        printRow(out, "look-ups per second", rate(slow), rate(quick));
        printRow(out, "latency of one, p50", micros(slow.p50Nanos()), micros(quick.p50Nanos()));
        printRow(out, "latency of one, p99", micros(slow.p99Nanos()), micros(quick.p99Nanos()));
        printRow(out, "database queries", count(direct.queries()), count(cached.queries()));
        printRow(out, "hit ratio", "-", text("%.1f %%", 100.0 * cached.hits() / quick.lookUps()));
        printRow(out, "queries of a stampede *", count(stampedes.directQueries()), count(stampedes.cachedQueries()));
        out.println(text(
                "  * %d threads ask at once for one airport that is not cached, and whose query takes %d ms",
                Stampede.THREADS, Stampede.QUERY_MILLIS));
    }

    private void printUpdates(PrintStream out) {
        StaleCheck.Result read = updates.result();
        out.println(text(
                "Updates: %,d airports, with room in the cache for %,d of them, were changed %,d times through Larder.",
                read.airports(), updates.cacheSize(), read.updates()));
        out.println(text(
                "Meanwhile there were %,d reads and, as airports were dropped, %,d database queries.",
                read.reads(), updates.queries()));
        out.println(
                text("Stale reads, which began after a put had returned and did not see it: %,d", read.staleReads()));
    }

    private static void printRow(PrintStream out, String label, String direct, String cached) {
        out.println(text("  %-25s%18s%18s", label, direct, cached));
    }

    private static String count(long number) {
        return text("%,d", number);
    }

    /** Two digits that count; more would only look exact. */
    private static String rate(Timing timing) {
        double perSecond = timing.perSecond();
        double unit = Math.max(1, Math.pow(10, Math.floor(Math.log10(perSecond)) - 1));
        return count(Math.round(perSecond / unit) * Math.round(unit));
    }

    private static String micros(long nanos) {
        return text("%.1f us", nanos / 1e3);
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
