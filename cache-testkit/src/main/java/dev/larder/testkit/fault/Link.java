package dev.larder.testkit.fault;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection of a client, and that to the server which was made for it. For the thread of the proxy alone. */
final class Link {

    private static final long FOR_EVER = Duration.ofDays(1).toNanos();

    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final Flow requests;
    private final Flow replies;
    private boolean holdsRequests;

    Link(SocketChannel client, SocketChannel server, Selector selector, RequestCounts counts) throws IOException {
        this.client = client;
        this.server = server;
        this.clientKey = prepare(client).register(selector, 0);
        this.serverKey = prepare(server).register(selector, 0);
        this.requests = new Flow(client, server, new RequestReader(counts)::read);
        this.replies = new Flow(server, client, bytes -> {});
    }

    private static SocketChannel prepare(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel;
    }

    /** Does what can be done now, and asks the selector for what may come. */
    void advance(Behaviour behaviour, long nowNanos) {
        try {
            if (behaviour.isSilent()) {
                listenFor(0, 0);
            } else {
                pass(holdsRequests ? behaviour.withRequests(rule -> rule.withDelay(FOR_EVER)) : behaviour, nowNanos);
            }
        } catch (IOException e) {
            reset(); // One side is gone, which the other shall notice.
        }
    }

    private void pass(Behaviour behaviour, long nowNanos) throws IOException {
        requests.read(behaviour.requests(), nowNanos);
        replies.read(behaviour.replies(), nowNanos);
        boolean cut = requests.write(behaviour.requests(), behaviour.isBytewise(), nowNanos)
                || replies.write(behaviour.replies(), behaviour.isBytewise(), nowNanos);
        if (cut || (requests.isDone() && replies.isDone())) {
            close();
        } else {
            listenFor(operations(requests, replies), operations(replies, requests));
        }
    }

    private static int operations(Flow out, Flow in) {
        return (out.wantsToRead() ? SelectionKey.OP_READ : 0) | (in.isBlocked() ? SelectionKey.OP_WRITE : 0);
    }

    private void listenFor(int ofClient, int ofServer) {
        clientKey.interestOps(ofClient);
        serverKey.interestOps(ofServer);
    }

    /** Returns when to advance again even if nothing comes; {@link Flow#NEVER} if that is of no use. */
    long nextNanos() {
        return Math.min(nextNanos(requests), nextNanos(replies));
    }

    private static long nextNanos(Flow flow) {
        return flow.isBlocked() ? Flow.NEVER : flow.nextNanos();
    }

    /** Holds requests back that come from now on, or passes on what was. */
    void holdRequests(boolean held) {
        holdsRequests = held;
    }

    void countAnew() {
        requests.countAnew();
        replies.countAnew();
    }

    boolean isOpen() {
        return client.isOpen();
    }

    /** Closes both sides in good order, whatever is still on its way. */
    void close() {
        closeQuietly(client);
        closeQuietly(server);
    }

    /** Closes both sides so that each is told of a connection reset by its peer. */
    void reset() {
        resetQuietly(client);
        resetQuietly(server);
    }

    /** A socket that does not linger throws away what it has to send, and says so by a RST. */
    static void resetQuietly(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // The other side was faster.
        }
        closeQuietly(channel);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }
}
