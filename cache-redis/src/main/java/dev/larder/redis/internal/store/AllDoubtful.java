package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.redis.internal.state.ClearRounds;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * That more keys became doubtful than there is room for: all do, until the cache was cleared, and those of epochs that were given up stay so. Safe for
 * use by many threads.
 */
final class AllDoubtful {

    private static final int EPOCHS = 100;

    private final CacheState state;
    private final ClearRounds rounds;
    private final Runnable forget;
    private volatile boolean are;

    /** The last epochs that were given up; a set that is in use is not changed. */
    private volatile Set<Long> over = Set.of();

    /** The clear that is under way. */
    private final AtomicReference<@Nullable CompletableFuture<@Nullable Void>> clearing = new AtomicReference<>();

    /**
     * Creates it for the cache of that state.
     *
     * @param forget forgets the keys of an epoch that is given up
     */
    AllDoubtful(CacheState state, Clock clock, Runnable forget) {
        this.state = state;
        this.rounds = new ClearRounds(clock);
        this.forget = forget;
    }

    /** All keys become doubtful. */
    void become() {
        are = true;
    }

    /** Whether nothing is to be believed in an epoch. */
    boolean isConcerned(long epoch) {
        Set<Long> givenUp = over;
        return are || (!givenUp.isEmpty() && givenUp.contains(epoch));
    }

    /** Nothing is to be believed in this epoch, for good. */
    void giveUp(long epoch) {
        if (over.contains(epoch)) {
            return;
        }
        synchronized (this) {
            Set<Long> more = new LinkedHashSet<>(over);
            more.add(epoch);
            if (more.size() > EPOCHS) {
                more.remove(more.iterator().next());
            }
            over = more;
        }
    }

    /**
     * Clears the cache if all keys are doubtful, and once more if a failover has lost the clear, so that the epoch which was given up is still in
     * effect. Who asks for it while it is under way waits for the same.
     *
     * @throws StoreException if it failed, or was made in vain so often that there is a pause
     */
    void clear(Calls calls) {
        if (isConcerned(state.epoch())) {
            if (rounds.arePaused()) {
                throw new StoreException(
                        "the cache was cleared, and its server still names the epoch before", Applied.NO, null);
            }
            calls.<@Nullable Void>make("clear", Kind.WRITE, this::cleared);
        }
    }

    private CompletableFuture<@Nullable Void> cleared() {
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> others = clearing.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        long epoch = state.epoch();
        if (isConcerned(epoch)) {
            rounds.begin();
            var unused = replace(epoch).whenComplete((done, failure) -> end(mine, failure));
        } else {
            end(mine, null); // it has just ended
        }
        return mine;
    }

    private CompletableFuture<Void> replace(long epoch) {
        try {
            return state.cleared().thenCompose(done -> {
                giveUp(epoch); // before the keys of it are forgotten, and before anybody works in the next
                forget.run();
                return state.refreshed();
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void end(CompletableFuture<@Nullable Void> clear, @Nullable Throwable failure) {
        are = are && failure != null;
        if (!isConcerned(state.epoch())) {
            rounds.succeeded();
        }
        clearing.set(null);
        if (failure == null) {
            clear.complete(null);
        } else {
            clear.completeExceptionally(failure);
        }
    }
}
