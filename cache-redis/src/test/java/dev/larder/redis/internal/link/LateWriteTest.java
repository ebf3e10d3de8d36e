package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.internal.news.NewsFeed;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.redis.internal.store.RedisStore;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.store.guard.GuardedStore;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Timer;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.protocol.DefaultEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A write is held up on its way, its connection is lost, and it arrives when later ones have been made: what it brings must not be read. The
 * proxy delivers what it has though the client is gone, as a network or a stopped server may.
 */
class LateWriteTest {

    private static final String KEY = "key";

    /** Time for what is held up to be sent before it is given up, also on a machine that stops for seconds. */
    private static final Duration DEADLINE = Duration.ofSeconds(4);

    private RedisServer server;
    private TcpProxy proxy;
    private Client<RedisClient> client;
    private StandaloneLink link;
    private int triesWhileOpen;
    private Set<String> connectionsBefore = Set.of();

    @BeforeEach
    void connect() {
        server = RedisServer.start();
        proxy = TcpProxy.to(server.host(), server.port());
        client = Client.of(Access.ofStranger());
        link = StandaloneLink.toPrimary(client, URI.create("redis://" + proxy.host() + ":" + proxy.port()));
    }

    @AfterEach
    void disconnect() {
        link.close();
        client.close();
        proxy.close();
        server.close();
    }

    @Test
    void whatArrivesAfterItsConnectionWasLostIsNotRead() {
        assertThat(valuesReadAfterALateWrite(UnaryOperator.identity(), true))
                .as("values that were replaced")
                .containsOnly("last");
    }

    /** The tooth: with a link that takes a lost connection for the end of it, the late value is read. */
    @Test
    void withoutWaitingForTheServerToForgetTheConnectionItIsRead() {
        assertThat(valuesReadAfterALateWrite(Hasty::new, false)).contains("held up");
    }

    private Set<String> valuesReadAfterALateWrite(UnaryOperator<Link> link, boolean waitsForTheServer) {
        Store<String, String> store = open(link.apply(this.link));
        putFirst(store);
        CompletableFuture<Void> heldUp = holdUp(() -> put(store, "held up"));
        loseConnection();
        heldUp.join();
        return valuesReadFrom(store, waitsForTheServer);
    }

    /** Its caller hears no more of it before the connection is lost. */
    @Test
    void norIsWhatWasSentWithOthersAndGivenUpBefore() {
        Store<String, String> store = open(link);
        putFirst(store);
        CompletableFuture<Void> heldUp = holdUp(() -> store.writeAll(Map.of(KEY, change("held up"))));
        heldUp.join();
        loseConnection();

        assertThat(valuesReadFrom(store, true)).as("values that were replaced").containsOnly("last");
    }

    /** Puts it until it is there: where a call took too long there are others that put nothing. */
    private static void putFirst(Store<String, String> store) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            put(store, "first");
            return "first".equals(valueOf(store.read(KEY)));
        });
    }

    private CompletableFuture<Void> holdUp(Runnable write) {
        long sets = sets();
        connectionsBefore = connections();
        proxy.holdRequests();
        CompletableFuture<Void> heldUp = CompletableFuture.runAsync(write);
        await().atMost(Duration.ofSeconds(60)).until(() -> sets() == sets + 1);
        return heldUp;
    }

    /** Returns what is read once the last value is there, and what was held up arrives; where the server is waited for, the former cannot be for long. */
    private Set<String> valuesReadFrom(Store<String, String> store, boolean waitsForTheServer) {
        Set<String> read = new HashSet<>();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> lastIsThere(store) || (waitsForTheServer && link.isOpen() && ++triesWhileOpen > 10));
        proxy.pass();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            boolean isOver = isOldConnectionGone();
            String value = valueOf(store.read(KEY));
            if (value == null) {
                put(store, "last");
            } else {
                read.add(value);
            }
            return read.contains("held up") || (isOver && "last".equals(value));
        });
        return read;
    }

    private static boolean lastIsThere(Store<String, String> store) {
        put(store, "last");
        return "last".equals(valueOf(store.read(KEY)));
    }

    /** Whether the server, too, has seen its end, and so all that came before that. */
    private boolean isOldConnectionGone() {
        return proxy.openConnections() == 1 && Collections.disjoint(connections(), connectionsBefore);
    }

    /** Returns the numbers of all connections that the server has. */
    private Set<String> connections() {
        return ("" + server.call("CLIENT", "LIST"))
                .lines()
                .map(line -> line.replaceFirst("id=([0-9]+) .*", "$1"))
                .collect(Collectors.toSet());
    }

    private long sets() {
        return proxy.requestsByCommand().getOrDefault("SET", 0L);
    }

    private static @Nullable String valueOf(@Nullable Entry<String> entry) {
        return entry == null ? null : entry.value();
    }

    private void loseConnection() {
        ((DefaultEndpoint) ((RedisChannelHandler<?, ?>) link.connection()).getChannelWriter()).disconnect();
    }

    private static void put(Store<String, String> store, String value) {
        store.write(KEY, change(value));
    }

    private static Change<String> change(String value) {
        return Change.put(value, Ttl.ETERNAL).orInvalidate();
    }

    private Store<String, String> open(Link over) {
        StoreContext<String, String> context =
                StoreContext.of("late", String.class, String.class).withStoreDeadline(DEADLINE);
        CacheState state = new CacheState(
                "larder:",
                context.codecs().open(context.name(), 0).space(),
                new Scripts(over),
                new Scripts(over),
                new FakeTime()); // else the epoch is asked for once more, over what is held up
        state.refresh(new Calls(over, Options.CONNECT_TIMEOUT));
        NewsFeed feed = new NewsFeed("nobody", LateWriteTest::openNothing, Timer.system());
        return new GuardedStore<>(
                new RedisStore<>(context, over, state, "larder:", feed, ForkJoinPool.commonPool(), () -> {}),
                context,
                OnStoreFailure.DEGRADE);
    }

    private static Subscription openNothing(Subscriber subscriber) {
        throw new AssertionError("nobody listens");
    }

    /** Takes a lost connection for one that can do no harm. */
    private static final class Hasty extends ForwardingLink {

        Hasty(Link link) {
            super(link);
        }

        @Override
        public CompletionStage<?> fence() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
