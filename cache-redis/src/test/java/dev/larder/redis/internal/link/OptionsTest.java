package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions.RefreshTrigger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private final ClusterClientOptions options = Options.ofClusterClient(Access.ofStranger());

    @Test
    void nodesOfAClusterAreAskedWhoServesWhatEvery15Seconds() {
        assertThat(options.getTopologyRefreshOptions().isPeriodicRefreshEnabled())
                .isTrue();
        assertThat(options.getTopologyRefreshOptions().getRefreshPeriod()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void theyAreAskedByAllThatHintsAtAChange() {
        assertThat(options.getTopologyRefreshOptions().getAdaptiveRefreshTriggers())
                .containsExactlyInAnyOrder(RefreshTrigger.values());
    }

    @Test
    void nodesThatTheClusterToldOfAreAskedToo() {
        assertThat(options.getTopologyRefreshOptions().useDynamicRefreshSources())
                .isTrue();
    }

    @Test
    void clientOfAClusterBehavesAsThatOfAServerOtherwise() {
        assertThat(List.of(Options.ofClient(Access.ofStranger()), options)).allSatisfy(each -> {
            assertThat(each.getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
            assertThat(each.getRequestQueueSize()).isEqualTo(Access.ofStranger().queue());
            assertThat(each.getSocketOptions().getConnectTimeout()).isEqualTo(Options.CONNECT_TIMEOUT);
            assertThat(each.isAutoReconnect()).isTrue();
        });
    }
}
