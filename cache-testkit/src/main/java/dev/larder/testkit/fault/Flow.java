package dev.larder.testkit.fault;

import dev.larder.testkit.fault.Behaviour.Rule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** One direction of a connection: bytes that came and have not left yet. For the thread of the proxy alone. */
final class Flow {

    private static final int LARGEST_CHUNK = 16 * 1024;
    private static final int MOST_WAITING = 1024 * 1024;

    /** Says that nothing waits, so that no time is the one to look again. */
    static final long NEVER = Long.MAX_VALUE;

    private final SocketChannel from;
    private final SocketChannel to;
    private final Consumer<ByteBuffer> watcher;
    private final ByteBuffer incoming = ByteBuffer.allocate(LARGEST_CHUNK);
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long passedBytes;
    private boolean isBlocked;
    private boolean hasNoMore;
    private boolean isDone;

    /** Bytes that came together. */
    private record Chunk(ByteBuffer bytes, long cameNanos) {}

    /** How much later than it came each byte leaves, those that wait already included. */
    private long delayNanos;

    /**
     * Makes one.
     *
     * @param watcher sees all bytes as they come
     */
    Flow(SocketChannel from, SocketChannel to, Consumer<ByteBuffer> watcher) {
        this.from = from;
        this.to = to;
        this.watcher = watcher;
    }

    /** Takes in what has come, as long as not too much waits. */
    void read(Rule rule, long nowNanos) throws IOException {
        delayNanos = rule.delayNanos();
        while (wantsToRead()) {
            int count = from.read(incoming);
            if (count <= 0) {
                hasNoMore = count < 0;
                return;
            }
            ByteBuffer chunk = ByteBuffer.allocate(count).put(incoming.flip()).flip();
            incoming.clear();
            watcher.accept(chunk.asReadOnlyBuffer());
            waiting.add(new Chunk(chunk, nowNanos));
            waitingBytes += count;
        }
    }

    /**
     * Passes on what is due, and the end after all else.
     *
     * @return whether the connection is to be cut now
     */
    boolean write(Rule rule, boolean bytewise, long nowNanos) throws IOException {
        isBlocked = false;
        while (nextNanos() <= nowNanos && !isBlocked) {
            long allowed = Math.min(rule.cutAfter() - passedBytes, bytewise ? 1 : LARGEST_CHUNK);
            if (allowed <= 0) {
                return true;
            }
            pass(waiting.element().bytes(), (int) allowed);
            if (bytewise) {
                break;
            }
        }
        if (hasNoMore && waiting.isEmpty() && !isDone) {
            to.shutdownOutput();
            isDone = true;
        }
        return false;
    }

    private void pass(ByteBuffer bytes, int most) throws IOException {
        ByteBuffer piece = bytes.slice(bytes.position(), Math.min(most, bytes.remaining()));
        int count = to.write(piece);
        isBlocked = piece.hasRemaining();
        bytes.position(bytes.position() + count);
        passedBytes += count;
        waitingBytes -= count;
        if (!bytes.hasRemaining()) {
            waiting.remove();
        }
    }

    /** Begins anew to count the bytes that pass. */
    void countAnew() {
        passedBytes = 0;
    }

    boolean wantsToRead() {
        return !hasNoMore && waitingBytes < MOST_WAITING;
    }

    /** Returns whether the other side must take what it has got before there is room for more. */
    boolean isBlocked() {
        return isBlocked;
    }

    /** Returns whether all has passed, the end included. */
    boolean isDone() {
        return isDone;
    }

    /** Returns when the next byte is due; {@link #NEVER} if none waits. */
    long nextNanos() {
        Chunk first = waiting.peek();
        return first == null ? NEVER : first.cameNanos() + delayNanos;
    }
}
