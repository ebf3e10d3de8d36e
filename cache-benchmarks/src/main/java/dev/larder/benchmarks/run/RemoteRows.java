package dev.larder.benchmarks.run;

import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.workload.GetAllBenchmark;
import dev.larder.benchmarks.workload.GetAndPutBenchmark;
import dev.larder.benchmarks.workload.GetBenchmark;
import dev.larder.benchmarks.workload.GetPutBenchmark;
import dev.larder.benchmarks.workload.IncrementBenchmark;
import dev.larder.benchmarks.workload.PutAllBenchmark;
import dev.larder.benchmarks.workload.PutBenchmark;
import dev.larder.benchmarks.workload.ReplaceBenchmark;
import java.util.List;
import java.util.stream.Stream;

/** The rows with entries on a server, each for values of two sizes. */
final class RemoteRows {

    private static final String REMOTE = "REMOTE";
    private static final String REMOTE_CREATED = "REMOTE_CREATED";
    private static final int ENTRIES = 5_000;
    private static final int BATCH = 200;
    private static final int MANY_THREADS = 16;

    /** Operations that wait are few, and the compiler waits for many; it has the two processors to itself only when it is done. */
    private static final int WARMTH = 4;

    /** A tenth more time than the command itself takes. */
    private static final Goal NEXT_TO_NOTHING = Goal.fully(1 / 1.10, 1);

    private static final Goal FASTER_THAN_PEERS = Goal.fully(0, 1);

    private final int valueBytes;

    private RemoteRows(int valueBytes) {
        this.valueBytes = valueBytes;
    }

    static Stream<Row> all() {
        return Stream.of(100, 2_000).map(RemoteRows::new).flatMap(RemoteRows::rows);
    }

    private Stream<Row> rows() {
        return Stream.of(
                        single("get", "get", NEXT_TO_NOTHING, GetBenchmark.class, REMOTE),
                        single("put", "put (bare: SET PX)", NEXT_TO_NOTHING, PutBenchmark.class, REMOTE),
                        single(
                                "put-created",
                                "put with CreatedExpiryPolicy (bare: SET PX)",
                                Goal.fully(1 / 1.25, 1),
                                PutBenchmark.class,
                                REMOTE_CREATED),
                        single(
                                "get-and-put",
                                "getAndPut (bare: SET GET PX)",
                                FASTER_THAN_PEERS,
                                GetAndPutBenchmark.class,
                                REMOTE),
                        single(
                                "replace",
                                "replace(key, old, new) (bare: a script that compares)",
                                FASTER_THAN_PEERS,
                                ReplaceBenchmark.class,
                                REMOTE),
                        single(
                                "invoke",
                                "invoke, increment (bare: GET, and a script that compares)",
                                FASTER_THAN_PEERS,
                                IncrementBenchmark.class,
                                REMOTE),
                        single("mix", "3 gets, 1 put", FASTER_THAN_PEERS, GetPutBenchmark.class, REMOTE),
                        bulk("get-all", "getAll of 200 (bare: MGET)", 3, GetAllBenchmark.class),
                        bulk("put-all", "putAll of 200 (bare: SET PX, not waiting)", 1, PutAllBenchmark.class),
                        crowded("get", "get", GetBenchmark.class),
                        crowded("put", "put (bare: SET PX)", PutBenchmark.class))
                .flatMap(List::stream);
    }

    private List<Row> single(String id, String title, Goal goal, Class<?> benchmark, String kind) {
        return row(id, title, goal).measuredBy(1, benchmark, parameters(kind));
    }

    private List<Row> crowded(String id, String title, Class<?> benchmark) {
        return row(id + "-16-threads", title + ", 16 threads", Goal.fully(0.9, 1))
                .measuredBy(MANY_THREADS, benchmark, parameters(REMOTE));
    }

    private List<Row> bulk(String id, String title, double overPeers, Class<?> benchmark) {
        return row(id, title, Goal.fully(0, overPeers))
                .measuredBy(
                        1,
                        benchmark,
                        "kind",
                        REMOTE,
                        "valueBytes",
                        String.valueOf(valueBytes),
                        "size",
                        String.valueOf(BATCH));
    }

    private String[] parameters(String kind) {
        return new String[] {"kind", kind, "valueBytes", String.valueOf(valueBytes)};
    }

    private RowBuilder row(String id, String title, Goal goal) {
        return new RowBuilder("remote-" + id + "-" + valueBytes, "on a server, %,d B: ".formatted(valueBytes) + title)
                .libraries(Library.remote())
                .comparedWith(Baseline.LETTUCE)
                .entries(ENTRIES)
                .warmth(WARMTH)
                .goal(goal);
    }
}
