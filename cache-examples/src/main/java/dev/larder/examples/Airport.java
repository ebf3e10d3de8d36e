package dev.larder.examples;

import org.jspecify.annotations.Nullable;

/**
 * An airport. A record of values that never change, which a cache can share instead of copying it.
 *
 * @param icao its code of three or four letters and digits, which identifies it
 * @param iata the code on the luggage tag, if it has one
 * @param name what it is called
 * @param city the place it serves, if known
 * @param country where it is
 * @param latitude in degrees, north is positive
 * @param longitude in degrees, east is positive
 * @param altitudeFeet its height above the sea
 * @param timeZone as in {@code Europe/Oslo}, if known
 * @param version how often it has changed
 */
record Airport(
        String icao,
        @Nullable String iata,
        String name,
        @Nullable String city,
        String country,
        double latitude,
        double longitude,
        int altitudeFeet,
        @Nullable String timeZone,
        long version) {

    /** Returns the next version of this airport, with an altitude measured anew. */
    Airport withAltitude(int newAltitudeFeet) {
        return new Airport(
                icao, iata, name, city, country, latitude, longitude, newAltitudeFeet, timeZone, version + 1);
    }
}
