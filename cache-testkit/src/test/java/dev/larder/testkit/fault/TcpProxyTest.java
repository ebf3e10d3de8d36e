package dev.larder.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);
    private static final int MOMENT_MILLIS = 100;

    private final EchoServer server = new EchoServer();
    private final TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port());

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void bytesPassBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client, "hello")).isEqualTo("hello");
            assertThat(echo(client, "again")).isEqualTo("again");
        }
    }

    @Test
    void muchPassesUnchanged() throws IOException {
        String much = "0123456789".repeat(500_000);
        try (Socket client = connect()) {
            Thread sender = new Thread(() -> sendQuietly(client, much));
            sender.start();

            assertThat(read(client, much.length())).isEqualTo(much);
        }
    }

    @Test
    void endPassesOnAfterAllElse() throws IOException {
        try (Socket client = connect()) {
            send(client, "bye");
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("bye");
        }
        Awaitility.await().atMost(PATIENCE).until(() -> proxy.openConnections() == 0);
    }

    @Test
    void delaysOfBothDirectionsAddUp() throws IOException {
        try (Socket client = connect()) {
            proxy.delayRequests(Duration.ofMillis(60));
            proxy.delayReplies(Duration.ofMillis(40));

            long start = System.nanoTime();
            echo(client, "slow");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void whatIsHeldBackPassesAsSoonAsAllDoes() throws IOException {
        try (Socket client = connect()) {
            proxy.delayReplies(Duration.ofHours(1));
            send(client, "late");
            Awaitility.await().atMost(PATIENCE).until(() -> server.received() == 4);

            proxy.pass();

            assertThat(read(client, 4)).isEqualTo("late");
        }
    }

    @Test
    void delayIsOfTimeNotOfThroughput() throws IOException {
        try (Socket client = connect()) {
            proxy.delayReplies(Duration.ofSeconds(1)); // which a machine that is busy for seconds does not make 20

            long start = System.nanoTime();
            for (int i = 1; i <= 20; i++) {
                int sent = i;
                send(client, "a");
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> server.received() == sent);
            }
            read(client, 20);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void blackHoleIsSilentAndGivesBackWhatItHeldWhenEverythingPasses() throws IOException {
        try (Socket old = connect()) {
            echo(old, "hello");

            proxy.blackHole();
            send(old, "lost?");
            assertSilent(old);
            try (Socket late = connect()) {
                send(late, "late");
                assertSilent(late);

                proxy.pass();
                assertThat(read(old, 5)).isEqualTo("lost?");
                assertThat(read(late, 4)).isEqualTo("late");
            }
        }
    }

    @Test
    void resetReachesTheClientAndNewConnectionsPass() throws IOException {
        try (Socket client = connect()) {
            echo(client, "hello");

            proxy.reset();

            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(proxy.openConnections()).isZero();
            try (Socket other = connect()) {
                assertThat(echo(other, "hello")).isEqualTo("hello");
            }
        }
    }

    @Test
    void refusedConnectionsAreMadeAgainWhenEverythingPasses() throws IOException {
        try (Socket old = connect()) {
            echo(old, "hello");

            proxy.refuse();

            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            assertThat(echo(old, "still here")).isEqualTo("still here");

            proxy.pass();
            try (Socket other = connect()) {
                assertThat(echo(other, "hello")).isEqualTo("hello");
            }
        }
    }

    @Test
    void messageInPiecesIsWhole() throws IOException {
        String message = "0123456789".repeat(1_000);
        try (Socket client = connect()) {
            proxy.oneByteAtATime();

            assertThat(echo(client, message)).isEqualTo(message);
        }
    }

    @Test
    void replyIsCutInTheMiddle() throws IOException {
        try (Socket client = connect()) {
            echo(client, "hello");

            proxy.cutRepliesAfter(3);
            send(client, "hello");

            assertThat(client.getInputStream().readNBytes(3))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("hel");
            assertClosed(client);
        }
    }

    @Test
    void requestIsCutInTheMiddle() throws IOException {
        try (Socket client = connect()) {
            proxy.cutRequestsAfter(3);
            send(client, "hello");

            assertClosed(client);
        }
    }

    @Test
    void serverThatIsNotThereResetsConnections() throws IOException {
        // bound, so that nobody else listens there, and not listening
        try (SocketChannel taken = SocketChannel.open().bind(new InetSocketAddress(proxy.host(), 0));
                TcpProxy alone = TcpProxy.to(proxy.host(), taken.socket().getLocalPort());
                Socket client = new Socket(alone.host(), alone.port())) {
            client.setSoTimeout(PATIENCE_MILLIS);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void connectionsAreCounted() throws IOException {
        try (Socket one = connect();
                Socket two = connect()) {
            echo(one, "a");
            echo(two, "b");

            assertThat(proxy.connections()).isEqualTo(2);
            assertThat(proxy.openConnections()).isEqualTo(2);
        }
    }

    @Test
    void requestsAreCountedByCommandAlsoInPiecesAndPipelines() throws IOException {
        String pipeline =
                "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n*3\r\n$3\r\nset\r\n$1\r\nk\r\n$4\r\n\r\n*1\r\n*1\r\n$4\r\nPING\r\n";
        try (Socket client = connect()) {
            echo(client, pipeline);
            proxy.oneByteAtATime();
            for (int i = 0; i < pipeline.length(); i++) {
                echo(client, pipeline.substring(i, i + 1));
            }
        }

        assertThat(proxy.requests()).isEqualTo(6);
        assertThat(proxy.requestsByCommand()).isEqualTo(Map.of("GET", 2L, "SET", 2L, "PING", 2L));

        proxy.forgetRequests();
        assertThat(proxy.requests()).isZero();
    }

    @Test
    void whatIsNoRequestOfRedisPassesUncounted() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client, "GET / HTTP/1.1\r\n\r\n")).startsWith("GET");
            assertThat(echo(client, "*1\r\n$4\r\nPING\r\n")).startsWith("*1");
        }
        try (Socket client = connect()) {
            assertThat(echo(client, "*many\r\n")).startsWith("*many");
        }

        assertThat(proxy.requests()).isZero();
    }

    @Test
    void closedProxyClosesItsConnectionsAndRefuses() throws IOException {
        try (Socket client = connect()) {
            echo(client, "hello");

            proxy.close();

            assertClosed(client);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            assertThatThrownBy(proxy::pass).isInstanceOf(IllegalStateException.class);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(proxy.host(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static String echo(Socket client, String text) throws IOException {
        send(client, text);
        return read(client, text.length());
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void sendQuietly(Socket client, String text) {
        try {
            send(client, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Socket client, int length) throws IOException {
        return new String(client.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static void assertSilent(Socket client) throws IOException {
        client.setSoTimeout(MOMENT_MILLIS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(PATIENCE_MILLIS);
    }

    private static void assertClosed(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        try {
            assertThat(in.read()).isEqualTo(-1);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open", e);
        } catch (SocketException e) {
            // Closed with bytes unread, which is said by a reset.
        }
    }
}
