package dev.larder.testkit.fault;

import dev.larder.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a proxy does again and again: it takes in connections and lets bytes pass. For one thread at a time. */
final class ProxyLoop {

    private static final int CONNECT_MILLIS = 2_000;

    private final InetSocketAddress target;
    private final RequestCounts counts;
    private final Clock clock = Clock.system();
    private final Selector selector;
    private final Listener listener;
    private final List<Link> links = new ArrayList<>();
    private Behaviour behaviour = Behaviour.PASSING;
    private long accepted;

    ProxyLoop(InetSocketAddress target, RequestCounts counts) {
        this.target = target;
        this.counts = counts;
        try {
            this.selector = Selector.open();
            this.listener = new Listener(selector);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until there is something to do, or somebody wakes it up. */
    void await() throws IOException {
        long nanos = untilNext();
        if (nanos == Flow.NEVER) {
            selector.select();
        } else if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        }
        selector.selectedKeys().clear(); // Each round tries everything, which is little.
    }

    private long untilNext() {
        long next = links.stream().mapToLong(Link::nextNanos).min().orElse(Flow.NEVER);
        return behaviour.isSilent() || next == Flow.NEVER ? Flow.NEVER : next - clock.nanos();
    }

    void wakeUp() {
        selector.wakeup();
    }

    /** Does all that can be done now. */
    void advance() throws IOException {
        acceptAll();
        long now = clock.nanos();
        links.forEach(link -> link.advance(behaviour, now));
        forgetClosed();
    }

    private void acceptAll() throws IOException {
        for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
            accepted++;
            SocketChannel server = connect();
            if (server == null) {
                Link.resetQuietly(client);
            } else {
                links.add(new Link(client, server, selector, counts));
            }
        }
    }

    private @Nullable SocketChannel connect() throws IOException {
        SocketChannel server = SocketChannel.open();
        try {
            server.socket().connect(target, CONNECT_MILLIS);
            return server;
        } catch (IOException e) {
            server.close();
            return null;
        }
    }

    /** A closed channel is really closed by the next look of the selector. */
    private void forgetClosed() throws IOException {
        if (links.removeIf(link -> !link.isOpen())) {
            selector.selectNow();
        }
    }

    /** Lets bytes be treated otherwise from now on, and connections be made. */
    void behave(UnaryOperator<Behaviour> change) throws IOException {
        behaviour = change.apply(behaviour);
        links.forEach(Link::countAnew);
        links.forEach(link -> link.holdRequests(false));
        listener.listen();
    }

    void holdRequests() {
        links.forEach(link -> link.holdRequests(true));
    }

    void refuse() throws IOException {
        listener.refuse();
    }

    void resetAll() throws IOException {
        links.forEach(Link::reset);
        forgetClosed();
    }

    int port() {
        return listener.port();
    }

    long accepted() {
        return accepted;
    }

    int open() {
        return links.size();
    }

    /** Closes all that is open. */
    void close() throws IOException {
        links.forEach(Link::close);
        listener.close();
        selector.close();
    }
}
