package dev.larder.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.fault.Behaviour.Rule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FlowTest {

    private static final long NOW = 1_000;

    /** Two ends of a connection. */
    private record Connection(SocketChannel near, SocketChannel far) implements AutoCloseable {

        static Connection open() throws IOException {
            try (ServerSocketChannel listener = ServerSocketChannel.open()) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel near = SocketChannel.open(listener.getLocalAddress());
                return new Connection(near, listener.accept());
            }
        }

        @Override
        public void close() throws IOException {
            near.close();
            far.close();
        }
    }

    @Test
    void bytewiseEachByteIsWrittenByItself() throws IOException {
        try (Connection source = Connection.open();
                Connection target = Connection.open()) {
            Flow flow = flowOf("abc", source, target);

            flow.write(Rule.PASSING, true, NOW);

            assertThat(readOnce(target)).isEqualTo("a");
            assertThat(flow.nextNanos()).isLessThanOrEqualTo(NOW);

            flow.write(Rule.PASSING, true, NOW);

            assertThat(readOnce(target)).isEqualTo("b");
        }
    }

    @Test
    void otherwiseTheyStayTogether() throws IOException {
        try (Connection source = Connection.open();
                Connection target = Connection.open()) {
            Flow flow = flowOf("abc", source, target);

            flow.write(Rule.PASSING, false, NOW);

            assertThat(readOnce(target)).isEqualTo("abc");
            assertThat(flow.nextNanos()).isEqualTo(Flow.NEVER);
        }
    }

    /** Makes a flow that has taken in a text and its end. */
    private static Flow flowOf(String text, Connection source, Connection target) throws IOException {
        source.near().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        source.near().shutdownOutput();
        Flow flow = new Flow(source.far(), target.near(), bytes -> {});
        flow.read(Rule.PASSING, NOW);
        return flow;
    }

    private static String readOnce(Connection target) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(16);
        target.far().read(buffer);
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    }
}
