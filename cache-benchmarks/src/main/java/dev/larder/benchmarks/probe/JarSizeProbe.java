package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Adds up the megabytes of the jars that a library brings along, itself and the API among them. */
public record JarSizeProbe() implements Probe {

    @Override
    public Map<String, Double> measure(Library library) throws IOException {
        double bytes = 0;
        int jars = 0;
        for (Path jar : Artifacts.ofThisBuild().filesOf(library)) {
            bytes += Files.size(jar);
            jars++;
        }
        return Map.of(SCORE, bytes / 1e6, "jars", (double) jars);
    }
}
