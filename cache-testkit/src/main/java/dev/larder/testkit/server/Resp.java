package dev.larder.testkit.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Redis server that takes commands as words, for tests that look at a server from outside.
 *
 * <pre>{@code
 * try (Resp redis = Resp.connect("127.0.0.1", 6379)) {
 *     redis.call("SET", "greeting", "hello");
 *     redis.call("GET", "greeting"); // "hello"
 * }
 * }</pre>
 *
 * <p>A reply is a {@code String}, a {@code Long}, a {@code List} of replies, or null. An error is thrown as
 * {@link RespException}, or is an element of the list it is a part of. A connection that breaks, or does not answer in
 * time, is an {@link UncheckedIOException}, after which the connection is of no more use. Not for use by several threads.
 */
public final class Resp implements AutoCloseable {

    /** How long connecting, and each wait for an answer, may take unless told otherwise: a busy machine may stop a server for seconds. */
    public static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Socket socket;
    private final RespReader reader;

    private Resp(Socket socket) throws IOException {
        this.socket = socket;
        this.reader = new RespReader(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connects without TLS. */
    public static Resp connect(String host, int port) {
        return connect(host, port, null, TIMEOUT);
    }

    /**
     * Connects.
     *
     * @param tls null to connect without TLS; the name in the certificate is not compared with the host
     * @param timeout how long connecting, and each wait for an answer, may take
     */
    public static Resp connect(String host, int port, @Nullable SSLContext tls, Duration timeout) {
        Socket socket = new Socket();
        try {
            int millis = Math.toIntExact(timeout.toMillis());
            socket.connect(new InetSocketAddress(host, port), millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            return new Resp(tls == null ? socket : tls.getSocketFactory().createSocket(socket, host, port, true));
        } catch (IOException e) {
            closeQuietly(socket);
            throw new UncheckedIOException("no connection to redis " + host + ":" + port, e);
        }
    }

    /**
     * Sends a command and waits for the reply.
     *
     * @return null, a String, a Long, or a List of these; bulk strings are decoded as UTF-8
     * @throws RespException if the server answers with an error
     */
    public @Nullable Object call(String... words) {
        send(words);
        return receive();
    }

    /**
     * Sends a command of arbitrary bytes and waits for the reply.
     *
     * @return as {@link #call(String...)}, but with each bulk string as a {@code byte[]}
     * @throws RespException if the server answers with an error
     */
    public @Nullable Object call(byte[]... words) {
        send(words);
        return read(Function.identity());
    }

    /** Sends a command and does not wait, so that several can be on their way. */
    public void send(String... words) {
        send(Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    private void send(byte[][] words) {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(ascii("*" + words.length + "\r\n"));
        for (byte[] word : words) {
            command.writeBytes(ascii("$" + word.length + "\r\n"));
            command.writeBytes(word);
            command.writeBytes(ascii("\r\n"));
        }
        try {
            command.writeTo(socket.getOutputStream());
        } catch (IOException e) {
            throw failed("did not take a command", e);
        }
    }

    /**
     * Waits for a reply to what was sent, or for a message of a subscription.
     *
     * @throws RespException if it is an error
     */
    public @Nullable Object receive() {
        return read(bulk -> new String(bulk, StandardCharsets.UTF_8));
    }

    private @Nullable Object read(Function<byte[], ?> bulk) {
        try {
            return reader.read(bulk);
        } catch (IOException e) {
            throw failed("did not answer", e);
        }
    }

    private UncheckedIOException failed(String what, IOException cause) {
        return new UncheckedIOException("redis " + socket.getRemoteSocketAddress() + " " + what, cause);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Closes the connection. */
    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }
}
