package dev.larder.redis.internal.link;

import static dev.larder.redis.internal.link.Heard.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.store.StoreException;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels of one server. */
class SubscriptionTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static RedisServer server;

    private final Heard heard = new Heard();
    private TcpProxy proxy;
    private Client<RedisClient> client;
    private Subscription subscription;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() {
        proxy = TcpProxy.to(server.host(), server.port());
        client = Client.of(Access.ofStranger());
        subscription = Subscriptions.atPrimary(client, URI.create("redis://" + proxy.host() + ":" + proxy.port()))
                .open(heard);
    }

    @AfterEach
    void close() {
        subscription.close();
        client.close();
        proxy.close();
    }

    private void subscribe(String channel) {
        long before = heard.begun(channel);
        subscription.subscribe(bytes(channel));
        await().atMost(SOON).until(() -> heard.begun(channel) > before);
    }

    private static long publish(String channel, String message) {
        return (Long) server.call("PUBLISH", channel, message);
    }

    /** Again and again: a connection that is lost counts as one that hears until the server has noticed. */
    private void publishUntilHeard(String channel, String message) {
        await().atMost(SOON).until(() -> {
            publish(channel, message);
            return heard.messages().contains(channel + " " + message);
        });
    }

    private void awaitMessage(String message) {
        await().atMost(SOON).until(() -> heard.messages().contains(message));
    }

    @Test
    void messagesComeInOrder() {
        subscribe("a");
        subscribe("b");

        publish("a", "1");
        publish("b", "2");
        publish("c", "3");
        publish("a", "4");

        awaitMessage("a 4");
        assertThat(heard.messages()).containsExactly("a 1", "b 2", "a 4");
    }

    @Test
    void channelsAreHeardOfAgainAfterAReset() {
        subscribe("a");
        subscribe("b");

        proxy.reset();

        publishUntilHeard("a", "after");
        publishUntilHeard("b", "after");
    }

    @Test
    void resetIsToldAsAGapOfEachChannel() {
        subscribe("a");
        subscribe("b");
        long begun = heard.begun("a");

        proxy.reset();

        await().atMost(SOON).until(() -> heard.begun("a") > begun && heard.begun("b") > 1);
    }

    @Test
    void channelThatIsAskedForWhileThereIsNoConnectionIsHeardOfLater() {
        proxy.refuse();
        proxy.reset();
        subscription.subscribe(bytes("late"));

        proxy.pass();

        publishUntilHeard("late", "heard");
    }

    @Test
    void channelIsHeardOfNoMoreAfterItIsUnsubscribed() {
        subscribe("a");
        subscribe("b");

        subscription.unsubscribe(bytes("a"));

        await().atMost(SOON).until(() -> publish("a", "unheard") == 0);
        publish("b", "heard");
        awaitMessage("b heard");
        assertThat(heard.messages()).containsExactly("b heard");
    }

    @Test
    void nothingIsHeardAfterTheEnd() {
        subscribe("a");

        subscription.close();

        await().atMost(SOON).until(() -> publish("a", "unheard") == 0);
        assertThat(heard.messages()).isEmpty();
        assertThat(heard.begun("a")).isEqualTo(1);
    }

    @Test
    void serverThatIsNotThereIsTold() {
        Subscriptions nowhere = Subscriptions.atPrimary(client, URI.create("redis://127.0.0.1:1"));

        assertThatThrownBy(() -> nowhere.open(heard))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("redis 127.0.0.1:1 cannot be reached");
    }
}
