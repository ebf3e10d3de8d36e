package dev.larder.patterns.behind;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * A writer that acknowledges changes when they are queued, and passes them on to another writer later, in batches.
 *
 * <pre>{@code
 * WriteBehind<String, Airport> behind = WriteBehind.to(writer)
 *         .name("airports")
 *         .journal(Journal.at(file, JournalCodec.strings(), JournalCodec.serialized(Airport.class)))
 *         .start();
 * configuration
 *         .setWriteThrough(true).setCacheWriterFactory(() -> behind)
 *         .setReadThrough(true).setCacheLoaderFactory(() -> behind.reading(loader));
 * }</pre>
 *
 * <p><b>At least once, and in order.</b> Every acknowledged change of a key, or a later one of that key, reaches the writer: perhaps more than once, never after a later one. Changes of
 * different keys reach it in any order. So the writer must come to the same if it does the same again, as upserts and deletes do. Without a {@link Journal} what is queued is lost if the
 * JVM dies.
 *
 * <p><b>Coalescing.</b> Of several changes of a key that wait, the last is written. The queue holds one for each key and has room for a number of keys; for what happens when it is full see
 * {@link WhenFull}.
 *
 * <p><b>Failures</b> are tried again, see {@link RetryPolicy}. What is given up becomes a {@link DeadLetter}.
 *
 * <p><b>Reading.</b> Until a change is written the database has the old value, so a cache that also loads must do it by {@link #reading}.
 *
 * <p>Safe for use by many threads. The other writer is called by one thread at a time, a daemon thread of this. A provider that closes its writers closes this with the cache.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class WriteBehind<K, V> implements CacheWriter<K, V>, Closeable {

    private static final System.Logger LOGGER = System.getLogger(WriteBehind.class.getName());

    private final String name;
    private final CacheWriter<K, V> writer;
    private final boolean hasJournal;
    private final Duration closeWithin;

    private final ChangeLog<K, V> log;
    private final ChangeQueue<K, V> queue;
    private final DeadLetters<K, V> deadLetters;
    private final Statistics<K, V> statistics;
    private final @Nullable Registration registration;
    private final Scheduler scheduler;
    private final Flusher<K, V> flusher;
    private final Intake<K, V> intake;
    private final AtomicBoolean closed = new AtomicBoolean();

    WriteBehind(WriteBehindBuilder<K, V> settings) {
        name = settings.name;
        writer = settings.writer;
        hasJournal = settings.journal != null;
        closeWithin = settings.closeWithin;
        log = settings.journal == null ? ChangeLog.none() : settings.journal.open();
        queue = new ChangeQueue<>(settings.capacity, log, settings.clock);
        int recovered = queue.recover();
        Counts counts = new Counts(name);
        deadLetters =
                new DeadLetters<>(name, settings.deadLetters == null ? DeadLetters.logged(name) : settings.deadLetters);
        statistics = new Statistics<>(queue, counts, deadLetters, recovered);
        registration = settings.jmx ? register() : null;
        scheduler = settings.scheduler == null ? new OwnThread("write-behind " + name) : settings.scheduler;
        Batches<K, V> batches = new Batches<>(
                queue, log, new Delivery<>(writer), settings.retries, deadLetters, counts, settings.batch);
        int full = Math.min(settings.batch, settings.capacity);
        flusher = new Flusher<>(queue, batches, scheduler, full, settings.delay.toMillis());
        intake = new Intake<>(name, settings.whenFull, queue, log, flusher, deadLetters, counts);
        flusher.wake();
    }

    private Registration register() {
        try {
            return Registration.of(name, statistics);
        } catch (IllegalStateException e) {
            log.close();
            throw e;
        }
    }

    /** Begins to make write-behind that passes changes on to this writer. */
    public static <K, V> WriteBehindBuilder<K, V> to(CacheWriter<K, V> writer) {
        return new WriteBehindBuilder<>(writer);
    }

    @Override
    public void write(Cache.Entry<? extends K, ? extends V> entry) {
        intake.take(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        intake.takeAll(entries, Cache.Entry::getKey, Cache.Entry::getValue);
    }

    @Override
    @SuppressWarnings("unchecked") // caches hand in their own keys
    public void delete(Object key) {
        intake.take((K) key, null);
    }

    @Override
    @SuppressWarnings("unchecked") // caches hand in their own keys
    public void deleteAll(Collection<?> keys) {
        intake.takeAll((Collection<K>) keys, key -> key, key -> null);
    }

    /**
     * Returns a loader that knows what is queued: it answers with the queued value of a key, or with none if the key is to be deleted, and asks the other
     * loader for the rest. A change that is queued while that one reads counts too. The answers are values and nothing more: if a provider's loaders can say more
     * of a value, such as its TTL or tags, that is lost.
     */
    public CacheLoader<K, V> reading(CacheLoader<K, V> loader) {
        return new ReadingLoader<>(queue, Objects.requireNonNull(loader, "loader"));
    }

    /**
     * Tries to write at once all that is queued, and waits for it.
     *
     * @return whether all that was queued when this was called has been written or given up, in time
     * @throws InterruptedException if the caller is interrupted; the changes stay queued
     */
    public boolean flush(Duration atMost) throws InterruptedException {
        long last = queue.lastSequence();
        flusher.hurry();
        return queue.awaitSettled(last, atMost.toNanos());
    }

    /** Returns how it is, and what it has done. */
    public WriteBehindMXBean statistics() {
        return statistics;
    }

    /**
     * Takes no more changes, writes what is queued for as long as {@link WriteBehindBuilder#closeWithin} says, and closes the other writer if it can be closed. What is left then stays
     * in the journal for the next start; without a journal it becomes dead letters. If the caller is interrupted it waits no longer.
     */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        queue.close();
        drain();
        scheduler.stop();
        if (!hasJournal) {
            queue.remaining()
                    .forEach(change -> deadLetters.take(
                            new DeadLetter<>(change.key(), change.value(), DeadLetter.Reason.CLOSED, null)));
        }
        log.close();
        if (registration != null) {
            registration.end();
        }
        closeWriter();
    }

    private void drain() {
        try {
            boolean drained = queue.isEmpty() || (!closeWithin.isZero() && flush(closeWithin));
            if (!drained) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "write-behind \"" + name + "\" was closed with "
                                + queue.remaining().size() + " changes not written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeWriter() throws IOException {
        if (writer instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
