package dev.larder.benchmarks.workload;

import dev.larder.benchmarks.subject.AnnotatedSubject;
import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.subject.Squares;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import org.openjdk.jmh.annotations.Benchmark;
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

/**
 * Asks for a cached result, by the annotated method or, with keys that were made beforehand, by {@code cache.get}. By one thread: the order of the keys is
 * shared.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls open, before anything else
public class AnnotatedGetBenchmark {
    private static final int ROOM = 4;

    @Param("larder")
    public String library;

    @Param("false")
    public boolean bareKeys;

    private AnnotatedSubject subject;
    private UnaryOperator<Object> way;
    private Object[] asked;
    private int calls;
    private int position;

    @Setup(Level.Trial)
    public void open(Population population) {
        subject = new AnnotatedSubject((long) population.entries * ROOM, bareKeys);
        Library wanted = Library.of(library);
        Squares squares = subject.intercepted(wanted);
        for (int number = 0; number < population.entries; number++) {
            squares.square(Population.key(number));
        }
        if (wanted == Library.LARDER_GET) {
            Cache<Object, Object> cache = subject.cache();
            way = cache::get;
            Map<Integer, Object> keys = new HashMap<>();
            asked = Arrays.stream(population.draws())
                    .map(number -> keys.computeIfAbsent(number, subject::keyOf))
                    .toArray();
        } else {
            way = number -> squares.square((Integer) number);
            asked = population.draws();
        }
        calls = subject.calls();
        System.gc(); // see CacheState
    }

    /** What was measured must have been hits. */
    @TearDown(Level.Trial)
    public void close() {
        int missed = subject.calls() - calls;
        subject.close();
        if (missed > 0) {
            throw new IllegalStateException(library + " had to call the method " + missed + " times");
        }
    }

    @Benchmark
    public Object get() {
        position = (position + 1) & (asked.length - 1);
        return way.apply(asked[position]);
    }
}
