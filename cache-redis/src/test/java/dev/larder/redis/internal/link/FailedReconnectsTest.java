package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.tls.Tls;
import io.lettuce.core.event.DefaultEventBus;
import io.lettuce.core.event.connection.ConnectionActivatedEvent;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class FailedReconnectsTest {

    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final DefaultEventBus events = new DefaultEventBus(Schedulers.immediate());
    private final FailedReconnects failed = FailedReconnects.heardOn(events, access(Duration.ofSeconds(60)));

    @Test
    void nothingIsSaidBeforeATryHasFailed() {
        assertThat(failed.reason()).isEmpty();
    }

    @Test
    void lastFailureIsTold() {
        fail(7_001, "first");
        fail(7_002, "WRONGPASS last");

        assertThat(failed.reason())
                .isEqualTo("the last try to connect to cache.example:7002 failed: WRONGPASS last; "
                        + "it knows no such user with that password; look at \"auth\"");
    }

    @Test
    void itIsForgottenWhenThatServerIsConnectedAndNotWhenAnotherIs() {
        fail(7_001, "refused");
        connect(7_002);
        assertThat(failed.reason()).contains("refused");

        connect(7_001);
        assertThat(failed.reason()).isEmpty();
    }

    @Test
    void itIsForgottenInTime() {
        // so that nothing is new enough
        FailedReconnects briefly = FailedReconnects.heardOn(events, access(Duration.ofSeconds(-6)));
        fail(7_001, "refused");

        assertThat(briefly.reason()).isEmpty();
    }

    private static Access access(Duration connectTimeout) {
        return new Access(null, null, Tls.ofJdk(), "larder", connectTimeout, 1);
    }

    private void fail(int port, String reason) {
        InetSocketAddress asWritten = InetSocketAddress.createUnresolved("cache.example", port);
        events.publish(new ReconnectFailedEvent(LOCAL, asWritten, new ConnectException(reason), 1));
    }

    private void connect(int port) {
        events.publish(
                new ConnectionActivatedEvent(LOCAL, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }
}
