package dev.larder.patterns.behind;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link WriteBehind}. Methods change a setting and return the builder.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class WriteBehindBuilder<K, V> {

    final CacheWriter<K, V> writer;
    String name = "unnamed";
    int batch = 1_000;
    Duration delay = Duration.ofSeconds(1);
    int capacity = 10_000;
    WhenFull whenFull = WhenFull.block(Duration.ofSeconds(5));
    RetryPolicy retries = RetryPolicy.standard();

    @Nullable
    Consumer<? super DeadLetter<K, V>> deadLetters;

    @Nullable
    Journal<K, V> journal;

    Duration closeWithin = Duration.ofSeconds(30);
    boolean jmx;

    @Nullable
    Scheduler scheduler;

    InstantSource clock = InstantSource.system();

    WriteBehindBuilder(CacheWriter<K, V> writer) {
        this.writer = Objects.requireNonNull(writer, "writer");
    }

    /** Sets the name in messages, of its thread and of its MBean; {@code unnamed} unless told otherwise. */
    public WriteBehindBuilder<K, V> name(String newName) {
        name = Objects.requireNonNull(newName, "newName");
        return this;
    }

    /** Sets how many changes the writer gets at most at a time; 1,000 unless told otherwise. As soon as so many wait, they are written. */
    public WriteBehindBuilder<K, V> batch(int changes) {
        batch = positive(changes, "a batch");
        return this;
    }

    /** Sets how long changes wait for others to be written with; a second unless told otherwise. It is also how long a key is coalesced. */
    public WriteBehindBuilder<K, V> delay(Duration newDelay) {
        delay = notNegative(newDelay, "delay");
        return this;
    }

    /** Sets for how many keys there is room in the queue; 10,000 unless told otherwise. */
    public WriteBehindBuilder<K, V> capacity(int keys) {
        capacity = positive(keys, "the queue");
        return this;
    }

    /** Sets what happens when the queue is full; callers wait for five seconds unless told otherwise. */
    public WriteBehindBuilder<K, V> whenFull(WhenFull choice) {
        whenFull = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /** Sets what happens when the writer fails; {@link RetryPolicy#standard} unless told otherwise. */
    public WriteBehindBuilder<K, V> retries(RetryPolicy policy) {
        retries = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Sets who gets what will not be written; unless told otherwise an ERROR is logged, without key and value. What was shed is handed over by the thread that made the change, all else by the thread
     * that writes. If the handler throws something, a change that failed stays queued and is tried again.
     */
    public WriteBehindBuilder<K, V> deadLetters(Consumer<? super DeadLetter<K, V>> handler) {
        deadLetters = Objects.requireNonNull(handler, "handler");
        return this;
    }

    /** Keeps queued changes in a file until they are written, so that they outlive the JVM; there is none unless told so. */
    public WriteBehindBuilder<K, V> journal(Journal<K, V> newJournal) {
        journal = Objects.requireNonNull(newJournal, "newJournal");
        return this;
    }

    /** Sets for how long {@link WriteBehind#close} goes on writing; 30 seconds unless told otherwise, and not at all by zero. */
    public WriteBehindBuilder<K, V> closeWithin(Duration atMost) {
        closeWithin = notNegative(atMost, "closeWithin");
        return this;
    }

    /** Shows {@link WriteBehindMXBean} as {@code dev.larder.patterns:type=WriteBehind,name="<name>"} in the platform's MBean server. */
    public WriteBehindBuilder<K, V> jmx() {
        jmx = true;
        return this;
    }

    /** Takes the time from elsewhere. */
    WriteBehindBuilder<K, V> time(Scheduler newScheduler, InstantSource newClock) {
        scheduler = newScheduler;
        clock = newClock;
        return this;
    }

    /**
     * Starts it, and queues what the journal has left from before.
     *
     * @throws IllegalStateException if the journal cannot be opened or read, or the name is taken in JMX
     */
    public WriteBehind<K, V> start() {
        return new WriteBehind<>(this);
    }

    private static int positive(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must have room for one at least: " + number);
        }
        return number;
    }

    private static Duration notNegative(Duration duration, String what) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + duration);
        }
        return duration;
    }
}
