package dev.larder.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Sends back what it gets. */
final class EchoServer implements AutoCloseable {

    private final ServerSocket listener;
    private final AtomicLong received = new AtomicLong();

    EchoServer() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startThread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                startThread(() -> echo(client));
            } catch (IOException e) {
                return; // It was closed.
            }
        }
    }

    private void echo(Socket client) {
        try (client) {
            byte[] buffer = new byte[8192];
            for (int count = read(client, buffer); count >= 0; count = read(client, buffer)) {
                client.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException e) {
            // The test is about connections that break.
        }
    }

    private int read(Socket client, byte[] buffer) throws IOException {
        int count = client.getInputStream().read(buffer);
        received.addAndGet(Math.max(count, 0));
        return count;
    }

    /** Returns how many bytes have come so far. */
    long received() {
        return received.get();
    }

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
