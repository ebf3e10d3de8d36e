package dev.larder.redis.internal.link;

import static dev.larder.redis.internal.link.Heard.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import dev.larder.testkit.server.RespException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels of a cluster, which belong to shards. */
class ClusterSubscriptionTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Two slots of the same primary, and one of another. */
    private static final List<String> CHANNELS = List.of("ch4", "ch8", "ch1");

    private static RedisCluster cluster;

    private final Heard heard = new Heard();
    private Client<RedisClusterClient> client;
    private Subscription subscription;

    @BeforeAll
    static void startCluster() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void open() {
        client = Client.ofCluster(
                Access.ofStranger(),
                cluster.seedUris().stream().map(URI::create).toList());
        client.lettuce().getPartitions();
        subscription = Subscriptions.inCluster(client).open(heard);
        CHANNELS.forEach(channel -> subscription.subscribe(bytes(channel)));
        await().atMost(SOON).until(() -> CHANNELS.stream().allMatch(channel -> heard.begun(channel) > 0));
    }

    @AfterEach
    void close() {
        subscription.close();
        client.close();
    }

    private static long publish(String channel, String message) {
        return (Long) whenNodesAgree(() -> cluster.primaryOf(channel).call("SPUBLISH", channel, message));
    }

    /** Returns the answer of the node that has a slot: the nodes do not hear all at once of one that moved, and who is asked first may have had it before. */
    private static Object whenNodesAgree(Callable<@Nullable Object> call) {
        return await().atMost(SOON).ignoreException(RespException.class).until(call, Objects::nonNull);
    }

    private void assertHeard(String message) {
        for (String channel : CHANNELS) {
            // a connection that is lost counts as one that hears until its server has noticed
            await().atMost(SOON).until(() -> {
                publish(channel, message);
                return heard.messages().contains(channel + " " + message);
            });
        }
    }

    @Test
    void channelsAreOnTheNodesThatTheTestsMean() {
        assertThat(CHANNELS.stream().map(cluster::primaryOf).distinct()).hasSize(2);
        assertThat(CHANNELS.stream().map(SlotHash::getSlot).distinct()).hasSize(3);
    }

    @Test
    void messagesOfAllShardsCome() {
        assertHeard("message");
    }

    @Test
    void allChannelsAreHeardOfAgainAfterConnectionsWereCut() {
        for (RedisServer primary : cluster.primaries()) {
            try (Resp admin = primary.connect()) {
                admin.call("CLIENT", "KILL", "TYPE", "pubsub");
            }
        }

        await().atMost(SOON).until(() -> CHANNELS.stream().allMatch(channel -> heard.begun(channel) > 1));
        assertHeard("after");
    }

    @Test
    void channelIsHeardOfAfterItsSlotHasMoved() {
        String channel = CHANNELS.get(0);
        int slot = SlotHash.getSlot(channel);
        RedisServer source = cluster.primaryOf(channel);
        RedisServer target = cluster.primaries().stream()
                .filter(primary -> !primary.equals(source))
                .findFirst()
                .orElseThrow();
        try {
            RedisCluster.giveSlot(slot, source, target);

            await().atMost(SOON).until(() -> heard.begun(channel) > 1);
            assertHeard("moved");
        } finally {
            RedisCluster.giveSlot(slot, target, source);
            cluster.awaitWhole();
        }
    }

    @Test
    void channelsAreHeardOfAfterAFailover() {
        String channel = CHANNELS.get(0);
        RedisServer lost = cluster.primaryOf(channel);
        try {
            lost.kill();
            cluster.awaitNewPrimary(channel, lost);

            assertHeard("promoted");
        } finally {
            lost.restart();
            cluster.awaitWhole();
        }
    }

    @Test
    void nothingIsHeardAfterTheEnd() {
        subscription.close();

        await().atMost(SOON).until(() -> CHANNELS.stream().allMatch(channel -> publish(channel, "unheard") == 0));
        assertThat(heard.messages()).isEmpty();
    }

    /** A script may publish on the channel that has the name of its key, whatever node it runs on. */
    @Test
    void scriptPublishesOnTheChannelThatIsNamedAsItsKey() {
        for (String channel : CHANNELS) {
            // whoever listened before may not be gone yet
            await().atMost(SOON)
                    .ignoreException(RespException.class)
                    .until(() -> Objects.equals(1L, publishByScript(channel)));
            await().atMost(SOON).until(() -> heard.messages().contains(channel + " told"));
        }
    }

    private static @Nullable Object publishByScript(String channel) {
        return cluster.primaryOf(channel).call("EVAL", "return redis.call('SPUBLISH', KEYS[1], 'told')", "1", channel);
    }
}
