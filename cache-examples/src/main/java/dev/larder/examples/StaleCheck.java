package dev.larder.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Changes airports through a cache while other threads read them, and counts the reads that were stale: those that began
 * after {@code put} of a version had returned, and got an older one or none.
 *
 * <p>Why no read is accused wrongly: each airport is changed by one thread only, so its versions are put one after the
 * other. That thread puts version n and, once {@code put} has returned, sets {@code returned} of the airport to n. A reader
 * first reads n from {@code returned}, and then asks the cache. A volatile read that sees n happens after the write of n,
 * and so after {@code put} returned: what the cache answers then must be version n or a newer one.
 *
 * <p>A read that begins in the instant between the return of {@code put} and the note of it is held to the version before;
 * so the check may be too kind, but never for long: each reader reads every airport once more when all writers are done.
 */
final class StaleCheck {

    private static final int WRITERS = 2;
    private static final int READERS = 4;

    private final Cache<String, Airport> cache;
    private final List<Airport> airports;
    private final AtomicLongArray returned;
    private final CountDownLatch writing = new CountDownLatch(WRITERS);
    private final AtomicLong staleReads = new AtomicLong();
    private final AtomicReference<@Nullable String> firstStale = new AtomicReference<>();

    /**
     * What came of it.
     *
     * @param airports how many airports were changed
     * @param updates how many puts there were
     * @param reads how many reads there were
     * @param staleReads how many of them were stale
     * @param firstStale one of them in words, if any
     */
    record Result(
            int airports,
            long updates,
            long reads,
            long staleReads,
            @Nullable String firstStale) {}

    /** Checks a cache with airports that are in the database as they are here. */
    StaleCheck(Cache<String, Airport> cache, List<Airport> airports) {
        this.cache = cache;
        this.airports = List.copyOf(airports);
        returned = new AtomicLongArray(airports.size());
    }

    /**
     * Makes the updates while others read. Can be called once.
     *
     * @param progress told now and then how many of 100 updates are done
     */
    Result run(int updates, long seed, IntConsumer progress) throws Exception {
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int first = writer;
            Random random = new Random(seed + writer);
            IntConsumer told = writer == 0 ? progress : percent -> {};
            tasks.add(() -> write(first, updates / WRITERS, random, told));
        }
        for (int reader = 0; reader < READERS; reader++) {
            Random random = new Random(seed + WRITERS + reader);
            tasks.add(() -> read(random));
        }
        long reads = Together.run(tasks).stream().mapToLong(Long::longValue).sum();
        return new Result(
                airports.size(), (long) WRITERS * (updates / WRITERS), reads, staleReads.get(), firstStale.get());
    }

    /** Changes the airports that belong to one writer: every {@code WRITERS}-th. Returns the number of reads, none. */
    private long write(int first, int updates, Random random, IntConsumer progress) {
        try {
            Airport[] current = airports.toArray(new Airport[0]);
            int own = (current.length - first + WRITERS - 1) / WRITERS;
            for (int i = 0; i < updates; i++) {
                int index = first + WRITERS * random.nextInt(own);
                Airport changed = current[index].withAltitude(random.nextInt(10_000));
                current[index] = changed;
                cache.put(changed.icao(), changed);
                returned.set(index, changed.version());
                if ((i + 1) * 4L / updates > i * 4L / updates) {
                    progress.accept((int) ((i + 1) * 100L / updates));
                }
            }
            return 0;
        } finally {
            writing.countDown();
        }
    }

    /** Reads as long as somebody writes, and then each airport once more; returns the number of reads. */
    private long read(Random random) {
        long reads = 0;
        while (writing.getCount() > 0) {
            checkOne(random.nextInt(airports.size()));
            reads++;
        }
        for (int index = 0; index < airports.size(); index++) {
            checkOne(index);
            reads++;
        }
        return reads;
    }

    private void checkOne(int index) {
        String icao = airports.get(index).icao();
        long expected = returned.get(index);
        Airport found = cache.get(icao);
        if (found == null || found.version() < expected) {
            staleReads.incrementAndGet();
            String got = found == null ? "nothing" : "version " + found.version();
            firstStale.compareAndSet(
                    null, "airport " + icao + ": got " + got + " after put of version " + expected + " had returned");
        }
    }

    /** Returns how many airports the database has in another version than was put last. */
    long countLost(AirportSource database) throws Exception {
        long lost = 0;
        for (int index = 0; index < airports.size(); index++) {
            Airport stored = database.find(airports.get(index).icao());
            if (stored == null || stored.version() != returned.get(index)) {
                lost++;
            }
        }
        return lost;
    }
}
