package dev.larder.patterns.behind;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file in which queued changes outlive the JVM, kept by MVStore. Needs {@code com.h2database:h2}, which this module does not bring along.
 *
 * <p>A change is acknowledged when it is in the file. What is left there when write-behind starts is queued again, oldest first; so after a crash what had
 * been written just before may be written once more. One file belongs to one {@link WriteBehind} at a time.
 *
 * <p>The file survives the death of the JVM, by {@code kill -9} too. To survive the death of the machine it must be {@link #synced}, which costs a wait for the
 * disk for each acknowledgement; threads that wait at the same time share one.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class Journal<K, V> {

    private final Path file;
    private final JournalCodec<K> keys;
    private final JournalCodec<V> values;
    private final boolean synced;

    private Journal(Path file, JournalCodec<K> keys, JournalCodec<V> values, boolean synced) {
        this.file = file;
        this.keys = keys;
        this.values = values;
        this.synced = synced;
    }

    /** Returns a journal in a file, which is made if it is not there, for its owner alone to read. Its folder must exist. */
    public static <K, V> Journal<K, V> at(Path file, JournalCodec<K> keys, JournalCodec<V> values) {
        return new Journal<>(
                file.toAbsolutePath(),
                Objects.requireNonNull(keys, "keys"),
                Objects.requireNonNull(values, "values"),
                false);
    }

    /** Returns this journal, forced to the disk before a change is acknowledged. */
    public Journal<K, V> synced() {
        return new Journal<>(file, keys, values, true);
    }

    ChangeLog<K, V> open() {
        try {
            return new MvChangeLog<>(file, new ChangeCodec<>(keys, values), synced);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("a journal needs MVStore; add com.h2database:h2 to the class path", e);
        }
    }
}
