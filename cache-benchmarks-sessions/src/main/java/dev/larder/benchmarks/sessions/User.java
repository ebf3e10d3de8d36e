package dev.larder.benchmarks.sessions;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Somebody with a session who asks for pages over one connection. As little as can be: what is measured is the server. Not for several threads. */
final class User implements AutoCloseable {

    private final Socket socket;
    private final InputStream input;
    private byte[] page = request("/", null);

    User(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        input = new BufferedInputStream(socket.getInputStream());
    }

    /** Has a session made and filled. */
    void begin() throws IOException {
        socket.getOutputStream().write(request("/fill", null));
        String cookie = readResponse();
        if (cookie == null) {
            throw new IOException("there was no session");
        }
        page = request("/", cookie);
    }

    void readPage() throws IOException {
        socket.getOutputStream().write(page);
        if (readResponse() != null) {
            throw new IOException("the session was lost");
        }
    }

    private static byte[] request(String path, @Nullable String cookie) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + (cookie == null ? "" : "Cookie: " + cookie + "\r\n") + "\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads a response, and returns the cookie that it sets, or null. */
    private @Nullable String readResponse() throws IOException {
        String status = readLine();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(status);
        }
        String cookie = null;
        int length = 0;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring("content-length: ".length()));
            } else if (lower.startsWith("set-cookie: ")) {
                cookie = line.substring("set-cookie: ".length(), line.indexOf(';'));
            }
        }
        input.skipNBytes(length);
        return cookie;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the server hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
