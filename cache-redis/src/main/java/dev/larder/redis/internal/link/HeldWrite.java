package dev.larder.redis.internal.link;

import dev.larder.time.Clock;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import org.jspecify.annotations.Nullable;

/**
 * A write that is complete for its caller when enough replicas have it, and not as soon as the primary has made it. What is refused is complete at
 * once: nothing was changed. Changed by whoever sends it, and completed by the thread of the connection.
 */
final class HeldWrite<T extends @Nullable Object> extends CommandWrapper<byte[], byte[], T> {

    private static final int MOST_REDIRECTIONS = 5;

    /** A server that has nothing else to do looks ten times a second whether a WAIT has lasted long enough. */
    private static final long LONGEST_MARGIN_NANOS = 200_000_000;

    private final WriteRoutes routes;
    private final long untilNanos;
    private volatile @Nullable ReplicatedWrites owner;
    private volatile boolean isMade;
    private int connection;
    private int redirections;
    private boolean asks;
    private String host = "";

    /** Creates a write that is given up at a moment of the system's clock. */
    HeldWrite(RedisCommand<byte[], byte[], T> command, WriteRoutes routes, long untilNanos) {
        super(command);
        this.routes = routes;
        this.untilNanos = untilNanos;
    }

    /** Notes by whom it is sent, over which of the connections that it has had. */
    void sentBy(ReplicatedWrites sender, int newConnection) {
        connection = newConnection;
        owner = sender;
    }

    /** Notes the host of the node of a cluster that it is sent to. */
    void goesTo(String newHost) {
        host = newHost;
    }

    /** Returns the host of the node of a cluster that it was sent to last. */
    String host() {
        return host;
    }

    /** Lets the server that it is sent to next know that it was sent there by the one that has the slot. */
    void ask() {
        asks = true;
    }

    /** Whether the server has to be told so; once. */
    boolean takeAsking() {
        boolean asked = asks;
        asks = false;
        return asked;
    }

    /** Called by the thread of the connection. */
    @Override
    public void complete() {
        String error = getOutput().getError();
        if (error == null) {
            isMade = true;
        } else if (!isFollowed(error)) {
            super.complete();
        }
    }

    private boolean isFollowed(String error) {
        Redirection redirection = redirections == MOST_REDIRECTIONS ? null : Redirection.of(error);
        if (redirection == null) {
            return false;
        }
        redirections++;
        owner = null;
        getOutput().setError((String) null);
        routes.follow(this, redirection);
        return true;
    }

    /** Whether it waits for its end at this sender, and has not gone elsewhere. */
    boolean isHeldBy(ReplicatedWrites sender) {
        return owner == sender && !isDone();
    }

    /** Whether it was made over this connection, so that what is said there of replicas concerns it. */
    boolean isMadeOver(int current) {
        return isMade && connection == current;
    }

    /** Whether it is waited for no longer. */
    boolean isLate(long nowNanos) {
        return untilNanos - nowNanos <= 0;
    }

    /** Returns how long it may still take; not positive if it is late. */
    long leftNanos(long nowNanos) {
        return untilNanos - nowNanos;
    }

    /** Lets the caller know that it is done: enough replicas have it. */
    void confirm() {
        super.complete();
    }

    /** Lets the caller know that it is not known to be. */
    void fail(Throwable failure) {
        completeExceptionally(failure);
    }

    /** Lets the caller know that it was not sent. */
    void refuse(String reason) {
        completeExceptionally(new RedisException(reason + " Commands are rejected."));
    }

    /** Returns the moment until which an operation that ends then is waited for: early enough to say why it failed. */
    static long untilNanos(long endNanos) {
        long left = endNanos - Clock.system().nanos();
        return endNanos - Math.min(LONGEST_MARGIN_NANOS, left / 2);
    }
}
