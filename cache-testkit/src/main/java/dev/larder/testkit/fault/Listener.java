package dev.larder.testkit.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A port of 127.0.0.1 that listens or refuses, and belongs to the proxy all the time. For one thread at a time. */
final class Listener {

    private final Selector selector;
    private final InetSocketAddress address;
    private @Nullable ServerSocketChannel listening;

    /** Bound to the port, but deaf, while nothing listens: so nobody else can take it. */
    private @Nullable SocketChannel holding;

    Listener(Selector selector) throws IOException {
        this.selector = selector;
        ServerSocketChannel first = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.listening = first;
        this.address = (InetSocketAddress) first.getLocalAddress();
    }

    private ServerSocketChannel listen(InetSocketAddress wanted) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(wanted);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
        return channel;
    }

    int port() {
        return address.getPort();
    }

    /** Returns the next connection that was made; null if there is none. */
    @Nullable
    SocketChannel accept() throws IOException {
        return listening == null ? null : listening.accept();
    }

    /** Lets connections be refused. */
    void refuse() throws IOException {
        if (listening == null) {
            return;
        }
        listening.close();
        listening = null;
        selector.selectNow(); // Which is what really closes a registered channel.
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        holding = channel.bind(address);
    }

    /** Lets connections be made. */
    void listen() throws IOException {
        if (listening != null) {
            return;
        }
        close(holding);
        holding = null;
        listening = listen(address);
    }

    void close() throws IOException {
        close(listening);
        close(holding);
    }

    private static void close(@Nullable NetworkChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
