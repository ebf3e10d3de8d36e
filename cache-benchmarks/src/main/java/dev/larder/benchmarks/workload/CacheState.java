package dev.larder.benchmarks.workload;

import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.subject.Subject;
import dev.larder.benchmarks.subject.Target;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A full cache of the library under measurement. A workload says which cache it wants and what is in it. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open before anything else
public abstract class CacheState {
    @Param("larder")
    public String library;

    private Subject subject;
    private Target cache;

    /** Returns the cache to make for so many entries. */
    abstract CacheSpec spec(int entries);

    /** Returns the value that is in the cache from the start. */
    Object valueOf(int key) {
        return Population.value(key);
    }

    @Setup(Level.Trial)
    public void open(Population population) {
        subject = Library.of(library).start();
        cache = subject.open(spec(population.entries));
        for (int number = 0; number < population.entries; number++) {
            int key = Population.key(number);
            cache.put(key, valueOf(key));
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
