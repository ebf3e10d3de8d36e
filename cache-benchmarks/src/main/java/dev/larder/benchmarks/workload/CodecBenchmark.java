package dev.larder.benchmarks.workload;

import dev.larder.codec.ValueCodec;
import dev.larder.codec.ValueType;
import dev.larder.codec.jackson.JacksonCodec;
import dev.larder.codec.serial.SerialCodec;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Turns a value into bytes and back: what a call to a server takes besides if values are no bytes already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls make, before anything else
public class CodecBenchmark {

    private static final int VALUES = 1 << 10;

    /** The ways that need nothing beside Larder's own dependencies. */
    public enum Format {
        JSON,
        JAVA
    }

    @Param("JSON")
    public Format format;

    private ValueCodec<Customer> codec;
    private Customer[] values;
    private int position;

    @Setup
    public void make() {
        ValueType<Customer> type = ValueType.of(Customer.class);
        codec = switch (format) {
            case JSON -> JacksonCodec.json(type);
            case JAVA -> SerialCodec.builder(type).allow(Customer.class).build();
        };
        values = IntStream.range(0, VALUES).mapToObj(Customer::of).toArray(Customer[]::new);
    }

    @Benchmark
    public Customer thereAndBack() {
        position = (position + 1) & (VALUES - 1);
        return codec.decode(codec.encode(values[position]));
    }
}
