package dev.larder.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads airports.csv, the OpenFlights airports that come with this example. */
final class AirportCsv {

    private static final List<String> HEADER =
            List.of("id", "name", "city", "country", "iata", "icao", "latitude", "longitude", "altitude_ft", "tz");

    private AirportCsv() {}

    /** Returns the airports that come with this example, in the order of the file. */
    static List<Airport> readResource() {
        try (InputStream in = AirportCsv.class.getResourceAsStream("airports.csv")) {
            if (in == null) {
                throw new IllegalStateException("airports.csv is not on the class path");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("airports.csv cannot be read", e);
        }
    }

    /** Returns the airports of a file with the columns of airports.csv. */
    static List<Airport> read(Reader file) throws IOException {
        List<List<String>> lines = new CsvReader(file).readAll();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException("the first line must name the columns " + HEADER);
        }
        return lines.stream().skip(1).map(AirportCsv::airport).toList();
    }

    private static Airport airport(List<String> fields) {
        if (fields.size() != HEADER.size()) {
            throw new IllegalArgumentException(
                    "a line must have " + HEADER.size() + " fields: " + fields.size() + " in " + fields);
        }
        return new Airport(
                fields.get(5),
                unlessEmpty(fields.get(4)),
                fields.get(1),
                unlessEmpty(fields.get(2)),
                fields.get(3),
                Double.parseDouble(fields.get(6)),
                Double.parseDouble(fields.get(7)),
                Integer.parseInt(fields.get(8)),
                unlessEmpty(fields.get(9)),
                0);
    }

    private static @Nullable String unlessEmpty(String field) {
        return field.isEmpty() ? null : field;
    }
}
