package dev.larder.testkit.fault;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/**
 * Stands between a client and a server, and fails the way networks fail, whenever the test wants it to.
 *
 * <pre>{@code
 * try (TcpProxy proxy = TcpProxy.to("127.0.0.1", redis.port())) {
 *     Client client = Client.connect(proxy.host(), proxy.port());
 *     proxy.cutRepliesAfter(0);
 *     assertThatThrownBy(() -> client.set("k", "v")); // It was done, but nobody says so.
 *     proxy.pass();
 * }
 * }</pre>
 *
 * <p>At first everything passes. Each way to fail begins when its method returns, holds for the connections that are there
 * and for new ones, and is added to what was asked for before; {@link #pass} ends all. The proxy also counts the requests of
 * Redis clients that speak without TLS. It has one thread, which is a daemon. Safe for use by many threads.
 */
public final class TcpProxy implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final RequestCounts counts = new RequestCounts();
    private final ProxyLoop loop;
    private final ProxyThread thread;
    private final int port;

    private TcpProxy(InetSocketAddress target) {
        loop = new ProxyLoop(target, counts);
        port = loop.port();
        thread = new ProxyThread(loop);
    }

    /** Starts one on a free port of 127.0.0.1. The server need not be there yet; meanwhile connections are reset. */
    public static TcpProxy to(String host, int port) {
        return new TcpProxy(new InetSocketAddress(host, port));
    }

    /** Returns the address at which clients reach it. */
    public String host() {
        return HOST;
    }

    /** Returns the port at which clients reach it. */
    public int port() {
        return port;
    }

    /** Lets everything pass again, also what was held back; and lets connections be made again. */
    public void pass() {
        thread.order(() -> loop.behave(any -> Behaviour.PASSING));
    }

    /** Lets each byte of a request take this much longer. */
    public void delayRequests(Duration delay) {
        long nanos = delay.toNanos();
        thread.order(() -> loop.behave(now -> now.withRequests(rule -> rule.withDelay(nanos))));
    }

    /** Lets each byte of a reply take this much longer. */
    public void delayReplies(Duration delay) {
        long nanos = delay.toNanos();
        thread.order(() -> loop.behave(now -> now.withReplies(rule -> rule.withDelay(nanos))));
    }

    /**
     * Lets nothing pass, without a word: as behind a broken switch, connections stay, and are still made, and what is sent is
     * neither answered nor refused. It arrives after {@link #pass}, as what TCP sends again and again would.
     */
    public void blackHole() {
        thread.order(() -> loop.behave(Behaviour::silent));
    }

    /**
     * Holds back what is sent by the connections that are there now; new ones pass. What is held arrives when another method says how
     * bytes are to be treated, also if its client is gone by then: as after a stalled path, or a server that was stopped.
     */
    public void holdRequests() {
        thread.order(loop::holdRequests);
    }

    /** Sends each byte by itself, so that whoever reads gets messages in pieces. */
    public void oneByteAtATime() {
        thread.order(() -> loop.behave(Behaviour::bytewise));
    }

    /**
     * Lets so many bytes of requests pass on each connection, counted from now, and closes it instead of passing the next one.
     *
     * @param bytes not negative
     */
    public void cutRequestsAfter(long bytes) {
        thread.order(() -> loop.behave(now -> now.withRequests(rule -> rule.withCutAfter(notNegative(bytes)))));
    }

    /**
     * Lets so many bytes of replies pass on each connection, counted from now, and closes it instead of passing the next one.
     * With 0, the server does what it is asked to do, and the client never learns of it.
     *
     * @param bytes not negative
     */
    public void cutRepliesAfter(long bytes) {
        thread.order(() -> loop.behave(now -> now.withReplies(rule -> rule.withCutAfter(notNegative(bytes)))));
    }

    private static long notNegative(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative: " + bytes);
        }
        return bytes;
    }

    /** Resets all connections, once; new ones can be made. */
    public void reset() {
        thread.order(loop::resetAll);
    }

    /** Lets new connections be refused, as if no server ran, until another method says how they are to be treated. */
    public void refuse() {
        thread.order(loop::refuse);
    }

    /** Returns how many connections clients have made so far. */
    public long connections() {
        return thread.ask(loop::accepted);
    }

    /** Returns how many connections there are now. */
    public int openConnections() {
        return thread.ask(loop::open);
    }

    /** Returns how many requests of Redis clients have come, those of a pipeline counted one by one; none with TLS. */
    public long requests() {
        return counts.total();
    }

    /** Returns how many requests have come of each command, by its name in capital letters. */
    public Map<String, Long> requestsByCommand() {
        return counts.byCommand();
    }

    /** Counts requests from 0 again. */
    public void forgetRequests() {
        counts.clear();
    }

    /** Closes all connections and stops listening. */
    @Override
    public void close() {
        thread.close();
    }
}
