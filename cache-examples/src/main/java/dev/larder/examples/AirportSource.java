package dev.larder.examples;

import org.jspecify.annotations.Nullable;

/** Where airports are looked up: the table or the cache. */
@FunctionalInterface
interface AirportSource {

    /** Returns an airport by its ICAO code, or null if there is none. */
    @Nullable
    Airport find(String icao) throws Exception;
}
