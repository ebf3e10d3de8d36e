package dev.larder.testkit.history;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down which calls a process makes, and what it is answered, into a file for {@link History#read}.
 *
 * <pre>{@code
 * try (HistoryRecorder recorder = HistoryRecorder.open(file, System::nanoTime)) {
 *     recorder.call("k", Operation.getAndPut("v1"), () -> cache.getAndPut("k", "v1"));
 *     recorder.run("k", Operation.put("v2"), () -> cache.put("k", "v2"));
 * }
 * }</pre>
 *
 * <p>Each line is with the operating system before the call goes on: nothing is lost if the process is killed, though it is if the
 * machine is. Of a call that throws nobody knows whether it was applied; who knows that it was not says so by way of {@link #begin}.
 *
 * <p>A line costs a write of some 60 bytes. Safe for use by many threads.
 */
public final class HistoryRecorder implements Closeable {

    private final OutputStream file;
    private final LongSupplier nanos;
    private final AtomicLong lastNumber = new AtomicLong();

    private HistoryRecorder(OutputStream file, LongSupplier nanos) {
        this.file = file;
        this.nanos = nanos;
    }

    /**
     * Begins a file.
     *
     * @param nanos the time, on one clock for all processes. {@code System::nanoTime} is one for those of one Linux machine, where
     *     it counts from when that started; elsewhere it may be none.
     * @throws java.nio.file.FileAlreadyExistsException if there is one, which would be of another process
     */
    public static HistoryRecorder open(Path file, LongSupplier nanos) throws IOException {
        Objects.requireNonNull(nanos, "nanos");
        Files.createFile(file);
        // Unlike a channel it stays open if a thread is interrupted; appending, it lets threads write whole lines
        // without a lock.
        return new HistoryRecorder(new FileOutputStream(file.toFile(), true), nanos);
    }

    /**
     * Makes a call and writes down its answer, or, if it throws, nothing more.
     *
     * @return the answer of the call
     */
    public <A extends @Nullable Object> A call(String key, Operation operation, Supplier<A> call) {
        Pending pending = begin(key, operation);
        A answer = call.get();
        pending.answered(answer);
        return answer;
    }

    /** Makes a call without an answer, and writes down that it returned. */
    public void run(String key, Operation operation, Runnable call) {
        Pending pending = begin(key, operation);
        call.run();
        pending.answered(null);
    }

    /**
     * Writes down that a call is about to be made. Its outcome is unknown until the pending call is told of it.
     *
     * @throws UncheckedIOException if that cannot be written; then the call must not be made
     */
    public Pending begin(String key, Operation operation) {
        long number = lastNumber.incrementAndGet();
        write(Lines.began(number, nanos.getAsLong(), key, operation));
        return new Pending(number, nanos.getAsLong());
    }

    private void write(String line) {
        try {
            file.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** A call that has begun. Tell it once at most. */
    public final class Pending {

        private final long number;
        private final long beganNanos;

        private Pending(long number, long beganNanos) {
            this.number = number;
            this.beganNanos = beganNanos;
        }

        /**
         * Writes down that it was applied.
         *
         * @param answer null, a String, a Long or a Boolean, as {@link Operation.Kind} says
         */
        public void answered(@Nullable Object answer) {
            write(Lines.answered(number, beganNanos, nanos.getAsLong(), answer));
        }

        /** Writes down that it was not applied and never will be. */
        public void notApplied() {
            write(Lines.notApplied(number));
        }
    }
}
