package dev.larder.redis.internal.link;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;

/** How connections behave. */
public final class Options {

    /** How long it may take to connect, TLS and handshake included: a cold JVM on a busy machine needs seconds. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final int QUEUE = 10_000;

    private Options() {}

    /**
     * Returns the options of a client. Commands are refused while there is no connection, and none is ever sent twice: a change
     * whose answer was lost may have been made. Their deadline is kept by {@link Calls}, which still sees late answers.
     */
    public static ClientOptions ofClient() {
        return ClientOptions.builder()
                .protocolVersion(ProtocolVersion.RESP3)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .requestQueueSize(QUEUE)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .tcpNoDelay(true)
                        .build())
                .build();
    }
}
