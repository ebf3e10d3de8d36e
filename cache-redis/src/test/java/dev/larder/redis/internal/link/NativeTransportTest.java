package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With netty's native transport on the class path, the system drops connections that are not answered. The other tests of this module do without it. */
class NativeTransportTest {

    @Test
    void javasOwnSocketsHaveNoUserTimeout() {
        assertThat(socketOptions().isEnableTcpUserTimeout()).isFalse();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void connectionsOfTheNativeTransportHaveOne() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            assertThat(linesOfAJvmWithIt(server.uri())).contains("user timeout true PT5S", "answered");
        }
    }

    private static List<String> linesOfAJvmWithIt(String uri) throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dio.lettuce.core.epoll=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NativeTransportTest.class.getName(),
                        uri)
                .redirectErrorStream(true)
                .start();
        try {
            jvm.getOutputStream().close();
            List<String> lines = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(jvm.waitFor()).as("%s", lines).isZero();
            return lines;
        } finally {
            jvm.destroyForcibly();
        }
    }

    private static SocketOptions socketOptions() {
        return Options.ofClient(Access.ofStranger()).getSocketOptions();
    }

    /** Says how its sockets are, and calls a server by one of them: {@code uri}. */
    @SuppressWarnings("SystemOut") // it is how the JVM that started this one hears of it
    public static void main(String[] arguments) {
        SocketOptions options = socketOptions();
        System.out.println("user timeout " + options.isEnableTcpUserTimeout() + " "
                + options.getTcpUserTimeout().getTcpUserTimeout());
        try (Client<RedisClient> client = Client.of(Access.ofStranger());
                StandaloneLink link = StandaloneLink.toPrimary(client, URI.create(arguments[0]))) {
            new Calls(link, Options.CONNECT_TIMEOUT)
                    .<byte[]>make("GET", Kind.READ, () -> link.commands().get(new byte[] {1}));
            System.out.println("answered");
        }
    }
}
