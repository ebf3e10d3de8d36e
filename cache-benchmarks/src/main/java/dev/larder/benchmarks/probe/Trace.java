package dev.larder.benchmarks.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The keys that someone's system really asked for, in order.
 *
 * @param keys equal ones are the same object
 */
record Trace(List<Integer> keys, int distinct) {

    /** Reads the beginning of a file with a number in each line, compressed by gzip. */
    static Trace read(Path file, int limit) throws IOException {
        Map<String, Integer> known = new HashMap<>();
        List<Integer> keys = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && keys.size() < limit; line = lines.readLine()) {
                keys.add(known.computeIfAbsent(line, Integer::valueOf));
            }
        }
        return new Trace(List.copyOf(keys), known.size());
    }
}
