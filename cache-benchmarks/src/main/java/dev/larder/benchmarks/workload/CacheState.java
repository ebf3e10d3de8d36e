package dev.larder.benchmarks.workload;

import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.subject.Subject;
import dev.larder.benchmarks.subject.Target;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A full cache of the library under measurement. A workload says which cache it wants and what is in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls open before anything else
public abstract class CacheState {
    private static final int CHECKED = 1_000;

    @Param("larder")
    public String library;

    private Subject subject;
    private Target cache;

    /** Returns the cache to make for so many entries. */
    abstract CacheSpec spec(int entries);

    /** Starts a library. */
    Subject start(Library started) {
        return started.start();
    }

    /** Returns the value that is in the cache from the start. */
    Object valueOf(int key, Population population) {
        return population.valueOf(key);
    }

    /** Does what is to have happened to the full cache before it is measured. */
    void prepare(Target full) {}

    @Setup(Level.Trial)
    public void open(Population population) {
        subject = start(Library.of(library));
        cache = subject.open(spec(population.entries));
        for (int number = 0; number < population.entries; number++) {
            int key = Population.key(number);
            cache.put(key, valueOf(key, population));
        }
        prepare(cache);
        checkFull(population.entries);
        if (population.entries > CHECKED) {
            promote();
        }
    }

    /**
     * Moves the entries to the old generation, where those of a cache are. Else a library that allocates nothing is measured
     * without any collection, on entries that are young for ever: the collector's barrier asks next to nothing of who writes to those.
     */
    private static void promote() {
        System.gc();
    }

    /** What is measured must be a hit. One in a hundred may be lost to a bound that is split among partitions. */
    private void checkFull(int entries) {
        int step = Math.max(1, entries / CHECKED);
        int looked = 0;
        int found = 0;
        for (int number = 0; number < entries; number += step) {
            looked++;
            found += cache.get(Population.key(number)) != null ? 1 : 0;
        }
        if (found < looked * 0.99) {
            throw new IllegalStateException(library + " has only " + found + " of " + looked + " entries");
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        subject.close();
    }

    Target cache() {
        return cache;
    }
}
