package dev.larder.conformance.tck;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A run of the TCK, an execution in the pom. */
enum TckRun {
    /** All tests there are but the 12 of annotations, which need a container. */
    HEAP("the heap", "tck-reports", 479),
    BYTES("a shared store of bytes", "tck-awkward-reports", 468),
    REDIS("a Redis server, a user who may do little", "tck-redis-reports", 468),
    REDIS_CLUSTER("a Redis cluster, TLS, a user who may do little", "tck-redis-cluster-reports", 468);

    private final String store;
    private final String directory;
    private final int tests;

    TckRun(String store, String directory, int tests) {
        this.store = store;
        this.directory = directory;
        this.tests = tests;
    }

    /** Returns how many tests must have run. */
    int tests() {
        return tests;
    }

    /** Reads what it left behind. */
    TckReports reports() {
        return TckReports.read(Path.of(System.getProperty("larder.tck.reports"), directory));
    }

    /** Returns the names of the tests that ran on the heap and not here. */
    List<String> leftOut() {
        var missing = new TreeSet<>(HEAP.reports().passed());
        reports().passed().forEach(missing::remove);
        return List.copyOf(missing);
    }

    /** Returns its row in docs/tck.md. */
    String row() {
        return Stream.of(store, tests, leftOut().size())
                .map(String::valueOf)
                .reduce("|", (row, cell) -> row + " " + cell + " |");
    }
}
