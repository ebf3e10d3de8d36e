package dev.larder.patterns.invalidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.cache.CacheException;

/**
 * The invalidations of one transaction.
 *
 * <pre>{@code
 * try (Invalidations<String> invalidations = Invalidations.begin(invalidator)) {
 *     invalidations.changed("ENGM");
 *     update(connection, "ENGM");
 *     connection.commit();
 * }
 * }</pre>
 *
 * <p>To invalidate before the commit is not enough: who misses then reads the old row, stores it, and it stays. To do it after the commit alone leaves the old value where it is if the JVM dies in
 * between. So a changed key is dropped at once, and again when the transaction has ended, however it ended; with {@link Invalidator#of(dev.larder.patterns.aside.CacheAside) cache-aside}, nobody can
 * store anything in between.
 *
 * <p>For one thread at a time, as a transaction is.
 *
 * @param <K> the type of key
 */
public final class Invalidations<K> implements AutoCloseable {

    private final Invalidator<K> invalidator;
    private final List<Runnable> endings = new ArrayList<>();
    private boolean closed;

    private Invalidations(Invalidator<K> invalidator) {
        this.invalidator = invalidator;
    }

    /** Begins the invalidations of a transaction. */
    public static <K> Invalidations<K> begin(Invalidator<K> invalidator) {
        return new Invalidations<>(Objects.requireNonNull(invalidator, "invalidator"));
    }

    /** Notes that the transaction changes the row of a key; to be called before it commits. */
    public void changed(K key) {
        changed(Set.of(key));
    }

    /** Notes that the transaction changes the rows of keys; to be called before it commits. */
    public void changed(Set<? extends K> keys) {
        if (closed) {
            throw new IllegalStateException("the transaction of these invalidations has ended");
        }
        endings.add(invalidator.hold(keys));
    }

    /**
     * Drops what was changed once more; to be called when the transaction has committed, or rolled back, or nobody knows.
     *
     * @throws CacheException if the cache could not do that for all keys
     */
    @Override
    public void close() {
        closed = true;
        CacheException failure = null;
        for (Runnable ending : endings) {
            try {
                ending.run();
            } catch (CacheException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        endings.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
