package dev.larder.benchmarks.workload;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One thread's way through the keys that are asked for. */
@State(Scope.Thread)
public class Keys {
    private static final AtomicInteger THREADS = new AtomicInteger();

    /** A prime: threads are far from each other in the same order. */
    private static final int DISTANCE = 7_919;

    private Integer[] draws = {};
    private Object[] values = {};
    private Object[] twins = {};
    private int mask;
    private int position;

    @Setup(Level.Trial)
    public void start(Population population) {
        draws = population.draws();
        values = population.values();
        twins = population.twins();
        mask = draws.length - 1;
        position = THREADS.getAndIncrement() * DISTANCE & mask;
    }

    /** Moves on, and returns the key there. */
    Integer next() {
        position = (position + 1) & mask;
        return draws[position];
    }

    /** Returns the value of the key here. */
    Object value() {
        return values[position];
    }

    /** Returns another object that equals it. */
    Object twin() {
        return twins[position];
    }

    /** Whether this is one of every four keys. */
    boolean isFourth() {
        return (position & 3) == 0;
    }
}
