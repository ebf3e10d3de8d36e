package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.Library;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** Measures something of a library in one go. It can be sent to a JVM of its own. */
public interface Probe extends Serializable {

    /** Names what a probe found, in the map that it returns, when that is the figure of its row. */
    String SCORE = "score";

    /**
     * Returns {@link #SCORE} and what else was found, by name.
     *
     * @throws UnsupportedOperationException if the library has no cache to measure it with
     */
    Map<String, Double> measure(Library library) throws Exception;

    /** Returns what to start that JVM with. */
    default List<String> jvmArguments() {
        return List.of();
    }
}
