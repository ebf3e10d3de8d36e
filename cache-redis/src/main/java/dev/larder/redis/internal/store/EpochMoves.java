package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Batch;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.redis.internal.state.ClearedOnceMoreException;
import dev.larder.redis.internal.state.EpochFollower;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sees to it that nobody in this JVM reads, in a new epoch, what is older than what was written here in the one before.
 *
 * <p>A write that has ended is noted, and then looked at: either it is noted when the epoch moves, and its key is removed before the new epoch is
 * used, or the move is seen, and the key is removed before the write is told to its caller.
 */
final class EpochMoves implements EpochFollower {

    private final Link link;
    private final Places<?, ?> places;
    private final RecentWrites recent = new RecentWrites();
    private final CacheState state;
    private volatile long target;
    private boolean hasMoved;

    EpochMoves(Link link, Places<?, ?> places, CacheState state) {
        this.link = link;
        this.places = places;
        this.state = state;
    }

    /** Follows the moves from now on; to be called before anything is written. */
    void follow() {
        state.follow(this);
        synchronized (this) {
            if (!hasMoved) {
                target = state.comingEpoch();
            }
        }
    }

    /** Notes that a key was written in an epoch; to be called before the caller is told so. */
    void written(byte[] encodedKey, long epoch, Calls calls) {
        recent.note(encodedKey);
        long now = target;
        if (now != epoch) {
            remove(List.of(encodedKey), now, calls);
        }
    }

    /** Notes that keys were written together. */
    void written(List<byte[]> encodedKeys, long epoch, Calls calls) {
        encodedKeys.forEach(recent::note);
        long now = target;
        if (now != epoch) {
            remove(encodedKeys, now, calls);
        }
    }

    private void remove(List<byte[]> keys, long newEpoch, Calls calls) {
        int most = link.mostTogether();
        for (int from = 0; from < keys.size(); from += most) {
            List<byte[]> page = keys.subList(from, Math.min(keys.size(), from + most));
            List<CompletableFuture<Long>> removals = unlink(page, newEpoch, calls.writers());
            calls.awaitEnd("UNLINK", Kind.WRITE, removals);
            removals.forEach(removal -> calls.await("UNLINK", Kind.WRITE, removal));
        }
    }

    private List<CompletableFuture<Long>> unlink(List<byte[]> keys, long newEpoch, Link to) {
        Batch batch = new Batch();
        List<CompletableFuture<Long>> removals = keys.stream()
                .map(key -> batch.unlink(places.wireIn(newEpoch, key)))
                .toList();
        batch.send(to);
        return removals;
    }

    @Override
    public void asked() {
        recent.asked();
    }

    @Override
    public void confirmed() {
        recent.confirmed();
    }

    @Override
    public CompletionStage<?> moved(long newEpoch) {
        moveTo(newEpoch);
        List<byte[]> keys = recent.keys();
        if (keys == null) {
            return state.cleared()
                    .thenRun(recent::forget)
                    .thenCompose(done -> CompletableFuture.failedFuture(new ClearedOnceMoreException()));
        }
        return removed(keys, newEpoch, 0).thenRun(recent::forget);
    }

    private synchronized void moveTo(long newEpoch) {
        hasMoved = true;
        target = newEpoch;
    }

    /** Removes keys page by page, so that the connection's queue has room for them, and for others. */
    private CompletableFuture<Void> removed(List<byte[]> keys, long newEpoch, int from) {
        int to = Math.min(keys.size(), from + link.mostTogether());
        if (from == to) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<?>[] removals =
                unlink(keys.subList(from, to), newEpoch, link).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(removals).thenCompose(done -> removed(keys, newEpoch, to));
    }
}
