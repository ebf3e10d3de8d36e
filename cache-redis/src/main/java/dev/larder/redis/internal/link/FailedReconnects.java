package dev.larder.redis.internal.link;

import dev.larder.time.Clock;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import io.lettuce.core.event.connection.ConnectionActivatedEvent;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Remembers why the last try of a client to connect anew failed: whoever is refused meanwhile is only told by lettuce that there is no connection.
 * Safe for use by many threads.
 */
final class FailedReconnects {

    /** A connection that is away is tried again each second: what failed longer ago than that, and than a try takes, was another one. */
    private static final Duration NEWS = Duration.ofSeconds(5);

    private final Access access;
    private final long keptMillis;
    private volatile @Nullable Failure last;

    private record Failure(SocketAddress address, Throwable cause, long atMillis) {}

    private FailedReconnects(Access access) {
        this.access = access;
        this.keptMillis = access.connectTimeout().plus(NEWS).toMillis();
    }

    /** Begins to listen, for as long as there are events. */
    static FailedReconnects heardOn(EventBus events, Access access) {
        FailedReconnects failed = new FailedReconnects(access);
        var unused = events.get().subscribe(failed::hear);
        return failed;
    }

    private void hear(Event event) {
        if (event instanceof ReconnectFailedEvent failed) {
            last = new Failure(
                    failed.remoteAddress(), failed.getCause(), Clock.system().millis());
        } else if (event instanceof ConnectionActivatedEvent connected) {
            Failure before = last;
            if (before != null && mayBeSame(before.address, connected.remoteAddress())) {
                last = null;
            }
        }
    }

    /** One is a name or an address as it was written, the other what it was resolved to. */
    private static boolean mayBeSame(SocketAddress tried, SocketAddress connected) {
        return tried instanceof InetSocketAddress one
                && connected instanceof InetSocketAddress other
                && one.getPort() == other.getPort();
    }

    /** Returns why there is no connection, and which setting helps; nothing if nobody has failed to connect a moment ago. */
    String reason() {
        Failure failure = last;
        if (failure == null || Clock.system().millis() - failure.atMillis > keptMillis) {
            return "";
        }
        return "the last try to connect to " + name(failure.address) + " failed: "
                + Unreachable.why(access, failure.cause);
    }

    private static String name(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getHostString() + ":" + inet.getPort() : "" + address;
    }
}
