package dev.larder.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** Look-ups of airports, a few asked for often and many rarely, that can be timed with one source and another. */
final class LookUps {

    /** The ICAO codes that each thread asks for. */
    private final List<List<String>> asked = new ArrayList<>();

    /**
     * Draws who asks for what; the same arguments give the same look-ups.
     *
     * @param byPopularity airports, the one asked for most first
     */
    LookUps(List<Airport> byPopularity, int count, int threads, long seed) {
        Random random = new Random(seed);
        Zipf zipf = new Zipf(byPopularity.size());
        for (int thread = 0; thread < threads; thread++) {
            List<String> codes = new ArrayList<>();
            for (int i = thread; i < count; i += threads) {
                codes.add(byPopularity.get(zipf.draw(random)).icao());
            }
            asked.add(codes);
        }
    }

    /** Does all look-ups with a source, each thread one after the other as fast as it can. */
    Timing time(AirportSource source) throws Exception {
        List<Callable<long[]>> tasks = new ArrayList<>();
        for (List<String> codes : asked) {
            tasks.add(() -> time(source, codes));
        }
        long begin = System.nanoTime();
        List<long[]> latencies = Together.run(tasks);
        return Timing.of(System.nanoTime() - begin, latencies);
    }

    /** Returns how many nanoseconds each look-up took. The clock is read once a look-up, and that is part of the time. */
    private static long[] time(AirportSource source, List<String> codes) throws Exception {
        long[] latencies = new long[codes.size()];
        long before = System.nanoTime();
        for (int i = 0; i < latencies.length; i++) {
            String code = codes.get(i);
            Airport found = source.find(code);
            if (found == null || !found.icao().equals(code)) {
                throw new IllegalStateException("asked for airport " + code + " and got " + found);
            }
            long now = System.nanoTime();
            latencies[i] = now - before;
            before = now;
        }
        return latencies;
    }
}
