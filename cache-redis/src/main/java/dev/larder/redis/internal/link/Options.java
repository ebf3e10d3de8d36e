package dev.larder.redis.internal.link;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.IOUringProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How connections behave. */
public final class Options {

    /** How long it may take to connect, TLS and handshake included: a cold JVM on a busy machine needs seconds. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** How long a server may leave what was sent to it unanswered before its connection counts as dead. */
    static final Duration SILENCE = Duration.ofSeconds(5);

    /**
     * When a question that is not answered will not be any more: over a connection that lives, all is answered in turn, and one over which nothing is
     * answered is taken for dead long before. A command can be lost by the client, too, between a connection and the next.
     */
    public static final Duration LOST = SILENCE.multipliedBy(3);

    private static final Duration REFRESH_PERIOD = Duration.ofSeconds(15);
    static final Duration REFRESH_PAUSE = Duration.ofMillis(500);
    private static final Duration FIRST_RECONNECT = Duration.ofMillis(10);
    private static final Duration LAST_RECONNECT = Duration.ofSeconds(1);

    private Options() {}

    /** Returns threads and timers of a client. While a server is away, each connection is tried again at least once a second. */
    static ClientResources resources() {
        return DefaultClientResources.builder()
                .reconnectDelay(Delay.fullJitter(
                        FIRST_RECONNECT, LAST_RECONNECT, FIRST_RECONNECT.toMillis(), TimeUnit.MILLISECONDS))
                .nettyCustomizer(new Beginnings())
                .build();
    }

    /**
     * Returns the options of a client. Commands are refused while there is no connection, and none is ever sent twice: a change
     * whose answer was lost may have been made. Their deadline is kept by {@link Calls}, which still sees late answers.
     */
    static ClientOptions ofClient(Access access) {
        return ClientOptions.builder()
                .protocolVersion(ProtocolVersion.RESP3)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .reauthenticateBehavior(ReauthenticateBehavior.ON_NEW_CREDENTIALS)
                .requestQueueSize(access.queue())
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .sslOptions(access.tls().sslOptions())
                .socketOptions(ofSockets(access.connectTimeout()))
                .build();
    }

    /** Returns the options of a client of a cluster, which learns of other primaries by itself: in time, and by all that hints at them. */
    static ClusterClientOptions ofClusterClient(Access access) {
        return ClusterClientOptions.builder(ofClient(access))
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(REFRESH_PERIOD)
                        .adaptiveRefreshTriggersTimeout(REFRESH_PAUSE)
                        .refreshTriggersReconnectAttempts(1)
                        .dynamicRefreshSources(true)
                        .closeStaleConnections(true)
                        .build())
                .build();
    }

    private static SocketOptions ofSockets(Duration connectTimeout) {
        SocketOptions.Builder options = SocketOptions.builder()
                .connectTimeout(connectTimeout)
                .tcpNoDelay(true)
                .keepAlive(KeepAliveOptions.builder()
                        .enable()
                        .idle(SILENCE)
                        .interval(SILENCE)
                        .count(3)
                        .build());
        if (EpollProvider.isAvailable() || IOUringProvider.isAvailable()) {
            options.tcpUserTimeout(TcpUserTimeoutOptions.builder()
                    .enable()
                    .tcpUserTimeout(SILENCE)
                    .build());
        }
        return options.build();
    }
}
