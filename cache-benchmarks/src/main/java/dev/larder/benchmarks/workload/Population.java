package dev.larder.benchmarks.workload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The keys that are in the cache, and the order in which they are asked for. All of it is made beforehand. */
@State(Scope.Benchmark)
public class Population {
    /** Of the popularity of keys; what YCSB uses, and close to what traces show. */
    static final double EXPONENT = 0.99;

    private static final int DRAWS = 1 << 18;
    private static final long SEED = 42;
    private static final int VALUE = 1_000_000;

    @Param("100000")
    public int entries;

    /** The size of values, which are bytes then; of Integers if 0. */
    @Param("0")
    public int valueBytes;

    private Integer[] draws = {};
    private Object[] values = {};
    private Object[] twins = {};

    /** Draws the keys. Those that are asked for equal those that were put, but are other objects. */
    @Setup(Level.Trial)
    public void draw() {
        Zipf zipf = new Zipf(entries, EXPONENT);
        SplittableRandom random = new SplittableRandom(SEED);
        // popular keys are strewn among the others rather than next to each other
        List<Integer> keyOfRank = shuffled(random);
        draws = new Integer[Math.min(DRAWS, Integer.highestOneBit(entries) * 4)];
        for (int i = 0; i < draws.length; i++) {
            draws[i] = keyOfRank.get(zipf.draw(random));
        }
        values = valuesOfDraws();
        twins = valuesOfDraws();
    }

    /** A key that is drawn again has the same value again, so that large ones do not fill the heap. */
    private Object[] valuesOfDraws() {
        Map<Integer, Object> made = new HashMap<>();
        return Arrays.stream(draws)
                .map(key -> made.computeIfAbsent(key, this::valueOf))
                .toArray();
    }

    private List<Integer> shuffled(SplittableRandom random) {
        Integer[] keys =
                IntStream.range(0, entries).map(Population::key).boxed().toArray(Integer[]::new);
        for (int i = keys.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Integer key = keys[i];
            keys[i] = keys[other];
            keys[other] = key;
        }
        return List.of(keys);
    }

    /** Returns the number-th key: beyond those that the JDK keeps one object for. */
    static int key(int number) {
        return number + 1_000;
    }

    /** Returns the value of a key: always equal, never the same object. */
    static Object value(int key) {
        return key + VALUE;
    }

    /** Returns a value of the kind that this population has: always equal for a key, never the same object. */
    Object valueOf(int key) {
        if (valueBytes == 0) {
            return value(key);
        }
        byte[] bytes = new byte[valueBytes];
        new Random(key).nextBytes(bytes);
        return bytes;
    }

    Integer[] draws() {
        return draws;
    }

    /** Returns the value of each of the keys drawn. */
    Object[] values() {
        return values;
    }

    /** Returns the same in other objects. */
    Object[] twins() {
        return twins;
    }
}
