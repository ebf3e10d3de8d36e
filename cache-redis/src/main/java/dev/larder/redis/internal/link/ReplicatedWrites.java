package dev.larder.redis.internal.link;

import dev.larder.time.Clock;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes over a connection of their own, each of which is complete when enough replicas have it.
 *
 * <p>They go in <em>rounds</em>: all that have come since the last one, and one {@code WAIT} after them, in one flush. The server answers the
 * {@code WAIT} when the replicas have everything that this connection has written, and reads nothing more from it until then; so what comes meanwhile
 * is kept here for the next round. However many threads write, there are as many waits as round trips to a replica.
 *
 * <p>A {@code WAIT} is short. If it ends with too few replicas, those writes whose time is over fail, and the others are waited for in the next
 * round, together with what has come since: a replica that hangs keeps no write from being made, nor one with more time from being confirmed.
 *
 * <p>What a {@code WAIT} says concerns what was written over <em>its</em> connection. A write whose connection was lost before the answer stays in
 * doubt, also if the next connection is quick to come: over that one, nothing was written yet, and every replica has all of it. Safe for use by many threads.
 */
final class ReplicatedWrites implements RedisConnectionStateListener {

    private static final long LONGEST_WAIT_NANOS = 100_000_000;

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final int replicas;
    private final int capacity;

    /** Grows with each connection that is made or lost; by one thread, that of the connection, before it reads what the server says. */
    private final AtomicInteger connections = new AtomicInteger();

    /** What the next round is of, and whether there is a round under way; guarded by this. */
    private final Queue<HeldWrite<?>> queued = new ArrayDeque<>();

    private boolean isBusy;

    /** What was sent, and has neither failed nor been confirmed; for whoever drives the rounds. */
    private List<HeldWrite<?>> unconfirmed = new ArrayList<>();

    /**
     * Creates what writes over a connection that nobody else writes by.
     *
     * @param replicas how many must have a write
     * @param capacity how many writes may wait to be sent; more are refused
     */
    ReplicatedWrites(StatefulRedisConnection<byte[], byte[]> connection, int replicas, int capacity) {
        this.connection = connection;
        this.replicas = replicas;
        this.capacity = capacity;
        connection.addListener(this);
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connected, SocketAddress address) {
        connections.incrementAndGet();
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
        connections.incrementAndGet();
    }

    /** Sends writes, now or with the next round. Nothing is thrown: each completes, in some way. */
    void send(List<HeldWrite<?>> writes) {
        if (!isQueued(writes)) {
            writes.forEach(write -> write.refuse("Too many writes wait to be acknowledged: " + capacity + "."));
        } else if (isToBeDriven()) {
            goOn();
        }
    }

    private synchronized boolean isQueued(List<HeldWrite<?>> writes) {
        return queued.size() + writes.size() <= capacity && queued.addAll(writes);
    }

    /** Whether nobody makes rounds, so that the caller must. */
    private synchronized boolean isToBeDriven() {
        boolean wasBusy = isBusy;
        isBusy = true;
        return !wasBusy;
    }

    /** Makes rounds until nothing is left: this thread the first, and who takes the answers those after it. */
    private void goOn() {
        AsyncCommand<byte[], byte[], Long> wait = round();
        if (wait != null) {
            boolean isOver = wait.isDone();
            var unused = wait.whenComplete((reached, failure) -> {
                settle(reached, failure);
                if (isOver) {
                    goOnElsewhere();
                } else {
                    goOn();
                }
            });
        }
    }

    /** While there is no connection each round is over at once, and who began one must not be kept by what others go on to write. */
    private void goOnElsewhere() {
        try {
            connection.getResources().eventExecutorGroup().execute(this::goOn);
        } catch (RejectedExecutionException e) {
            next().forEach(write -> write.refuse("The store is closed."));
        }
    }

    /** Sends the next round, and returns its wait; null if there is nothing to be sent or waited for. */
    private @Nullable AsyncCommand<byte[], byte[], Long> round() {
        int current = connections.get();
        Round round = new Round();
        do {
            List<HeldWrite<?>> next = next();
            if (next.isEmpty() && unconfirmed.isEmpty()) {
                return null;
            }
            next.forEach(write -> add(write, current, round));
        } while (unconfirmed.isEmpty());
        return round.send(connection, replicas, waitNanos());
    }

    /** Takes what is sent next, no more than the connection's own queue has room for; if there is nothing, nobody makes rounds any more. */
    private synchronized List<HeldWrite<?>> next() {
        List<HeldWrite<?>> next = new ArrayList<>();
        int most = Math.max(1, capacity / 2);
        for (HeldWrite<?> write = queued.poll(); write != null; write = next.size() == most ? null : queued.poll()) {
            next.add(write);
        }
        isBusy = !next.isEmpty() || !unconfirmed.isEmpty();
        return next;
    }

    private void add(HeldWrite<?> write, int current, Round round) {
        if (write.isLate(Clock.system().nanos())) {
            write.refuse("The writes before it took too long to be acknowledged.");
            return;
        }
        write.sentBy(this, current);
        unconfirmed.add(write);
        round.add(write);
    }

    private long waitNanos() {
        long now = Clock.system().nanos();
        return unconfirmed.stream().mapToLong(write -> write.leftNanos(now)).reduce(LONGEST_WAIT_NANOS, Math::min);
    }

    /** Takes the end of a round. All that was sent with it was answered before, or went elsewhere, or failed. */
    private void settle(@Nullable Long reached, @Nullable Throwable failure) {
        int current = connections.get();
        long now = Clock.system().nanos();
        List<HeldWrite<?>> left = new ArrayList<>();
        for (HeldWrite<?> write : unconfirmed) {
            if (!write.isHeldBy(this)) {
                continue;
            }
            if (failure != null || !write.isMadeOver(current)) {
                write.fail(doubt(failure));
            } else if (reached != null && reached >= replicas) {
                write.confirm();
            } else if (write.isLate(now)) {
                write.fail(Unacknowledged.tooFew(replicas, reached == null ? 0 : reached));
            } else {
                left.add(write);
            }
        }
        unconfirmed = left;
    }

    /** Returns why it is not known whether replicas have a write; also if the wait itself was never sent, the write may have been. */
    private RedisException doubt(@Nullable Throwable failure) {
        return failure instanceof RedisCommandExecutionException
                ? Unacknowledged.refused(replicas, failure)
                : new RedisException("the connection was lost before the write was acknowledged", failure);
    }
}
