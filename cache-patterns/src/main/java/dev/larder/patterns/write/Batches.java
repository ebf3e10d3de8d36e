package dev.larder.patterns.write;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.cache.integration.CacheWriterException;

/**
 * Cuts bulk calls into batches, and finds out what became of each.
 *
 * @param key returns the key of a row
 * @param deed what is done to rows, for messages
 * @param size how many rows a batch has at most
 * @param repeats how often a batch whose outcome is not known is tried again
 * @param <T> what a row is made of
 */
record Batches<T>(Batch<T> batch, Function<T, Object> key, String deed, int size, int repeats) {

    Batches<T> with(Batch<T> newBatch) {
        return new Batches<>(newBatch, key, deed, size, repeats);
    }

    Batches<T> withSize(int newSize) {
        return new Batches<>(batch, key, deed, newSize, repeats);
    }

    Batches<T> withRepeats(int newRepeats) {
        return new Batches<>(batch, key, deed, size, newRepeats);
    }

    /** Runs all, and takes from the collection what was done, also if it fails half way. */
    void runAll(Collection<T> rows) {
        List<T> all = List.copyOf(rows);
        int done = 0;
        try {
            while (done < all.size()) {
                int end = Math.min(done + size, all.size());
                run(all.subList(done, end), all.size() - done);
                done = end;
            }
        } finally {
            remove(all.subList(0, done), rows);
        }
    }

    private static <T> void remove(List<T> done, Collection<T> rows) {
        if (done.size() == rows.size()) {
            rows.clear();
        } else {
            Set<T> identities = Collections.newSetFromMap(new IdentityHashMap<>());
            identities.addAll(done);
            rows.removeIf(identities::contains);
        }
    }

    /** Runs a single batch. */
    void run(List<T> rows) {
        run(rows, rows.size());
    }

    private void run(List<T> rows, int left) {
        try {
            batch.run(rows);
        } catch (LostCommitException e) {
            settle(rows, e);
        } catch (SQLException | RuntimeException e) {
            throw WriteFailure.of(left, deed, " by: " + batch.sql(), e);
        }
    }

    private void settle(List<T> rows, LostCommitException lost) {
        for (int i = 0; i < repeats; i++) {
            try {
                batch.run(rows);
                return;
            } catch (SQLException | RuntimeException e) {
                lost.addSuppressed(e);
            }
        }
        throw unknown(rows, lost);
    }

    private CacheWriterException unknown(List<T> rows, LostCommitException lost) {
        Set<Object> keys = rows.stream().map(key).collect(Collectors.toSet());
        String message = "the connection was lost at commit, and nobody knows whether "
                + WriteFailure.entries(rows.size()) + " " + deed + " by: " + batch.sql();
        return new UnknownOutcomeException(message, keys, lost);
    }
}
