package dev.larder.annotations.container;

import dev.larder.annotations.container.ContainerJvm.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs of containers, two at a time: most of a run is the start of a JVM and a container, for which one processor is enough. */
final class ContainerRuns implements AutoCloseable {

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Map<ContainerJvm, Future<Outcome>> outcomes = new ConcurrentHashMap<>();

    /** Begins to run test classes, after those that were begun before. */
    void begin(ContainerJvm jvm, List<String> classes) {
        outcomes.put(jvm, threads.submit(() -> jvm.run(classes)));
    }

    /** Waits for a run that was begun, and says how it went. */
    Outcome of(ContainerJvm jvm) throws Exception {
        return Objects.requireNonNull(outcomes.get(jvm)).get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
