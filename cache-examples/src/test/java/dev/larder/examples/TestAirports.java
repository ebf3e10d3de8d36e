package dev.larder.examples;

import java.util.List;
import java.util.stream.IntStream;

/** Airports made up for tests. */
final class TestAirports {

    private TestAirports() {}

    static Airport named(String icao, String name) {
        return new Airport(icao, null, name, null, "Nowhere", 1.5, -2.5, 100, null, 0);
    }

    /** Returns airports A000, A001, and so on. */
    static List<Airport> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> named("A%03d".formatted(i), "Airport " + i))
                .toList();
    }
}
