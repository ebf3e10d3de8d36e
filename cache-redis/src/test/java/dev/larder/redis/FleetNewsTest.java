package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.store.Change;
import dev.larder.store.News;
import dev.larder.store.News.Kind;
import dev.larder.store.News.Wish;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.testkit.RecordingStoreListener;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two sets of connections to one server, as two JVMs have them: one hears what the other changes, whatever happens to its connections. */
@Timeout(600)
class FleetNewsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static RedisServer server;

    private final RecordingStoreListener<String, String> listener = new RecordingStoreListener<>();
    private TcpProxy proxy;
    private RedisStores ours;
    private RedisStores theirs;
    private Store<String, String> here;
    private Store<String, String> there;
    private String cache;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() {
        proxy = TcpProxy.to(server.host(), server.port());
        ours = RedisStores.connect(RedisSettings.of(URI.create("redis://" + proxy.host() + ":" + proxy.port())));
        theirs = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
        cache = "news-" + UUID.randomUUID();
        StoreContext<String, String> context =
                StoreContext.of(cache, String.class, String.class).withStoreDeadline(Duration.ofSeconds(20));
        here = ours.stores().open(context);
        there = theirs.stores().open(context);
        here.listen(listener);
    }

    @AfterEach
    void disconnect() {
        proxy.pass();
        here.close();
        there.close();
        ours.close();
        theirs.close();
        proxy.close();
    }

    private void put(String key, String value) {
        there.write(key, Change.put(value, Ttl.ETERNAL));
    }

    /** Lets the other write until that is heard. */
    private void awaitNews() {
        String round = UUID.randomUUID().toString();
        await().atMost(SOON).until(() -> {
            put(round, "value");
            return listener.changes().stream().anyMatch(news -> news.key().equals(round));
        });
    }

    private List<News<String, String>> newsOf(String key) {
        return listener.changes().stream()
                .filter(news -> news.key().equals(key))
                .toList();
    }

    @Test
    void newsComeFromTheOther() {
        here.wantNews(Wish.CHANGES_WITH_PREVIOUS);
        awaitNews();
        await().atMost(SOON).until(() -> {
            put("both", "1");
            put("both", "2");
            return newsOf("both").stream().anyMatch(news -> news.previous() != null);
        });

        there.write("key", Change.put("tagged", Ttl.ETERNAL).withTags(Tags.of(Set.of("red"))));
        put("key", "plain");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(newsOf("key"))
                        .containsExactly(
                                new News<>(Kind.CREATED, "key", "tagged", null),
                                new News<>(Kind.UPDATED, "key", "plain", "tagged")));
    }

    /** The server takes what is damaged for a value; who replaces it finds out, and so do those who hear of it. */
    @Test
    void whatIsTakenBackIsHeardOfByNobody() {
        here.wantNews(Wish.CHANGES);
        awaitNews();
        put("damaged", "old");
        damage("old");

        Outcome<String> outcome = there.write(
                "damaged", Change.put("new", Ttl.ETERNAL).ifPresent().returningPrevious());
        put("sound", "old");
        there.write("sound", Change.put("new", Ttl.ETERNAL).ifPresent().returningPrevious());
        awaitNews();

        assertThat(outcome.effect()).isEqualTo(Effect.ABSENT);
        assertThat(newsOf("damaged")).extracting(News::kind).containsExactly(Kind.CREATED);
        assertThat(newsOf("sound")).extracting(News::kind).containsExactly(Kind.CREATED, Kind.UPDATED);
    }

    /** Lets the value that was just put be none that can be read, though it begins like one. */
    private static void damage(String value) {
        try (RedisClient client = RedisClient.create(server.uri())) {
            RedisCommands<byte[], byte[]> commands =
                    client.connect(ByteArrayCodec.INSTANCE).sync();
            for (byte[] key : commands.keys("larder:K*")) {
                byte[] frame = commands.get(key);
                if (new String(frame, StandardCharsets.ISO_8859_1).contains(value)) {
                    frame[frame.length - 1]++;
                    commands.set(key, frame);
                }
            }
        }
    }

    @Test
    void newsGoOnAfterConnectionsWereCut() {
        here.wantNews(Wish.CHANGES);
        awaitNews();

        try (Resp admin = server.connect()) {
            admin.call("CLIENT", "KILL", "TYPE", "pubsub");
        }

        awaitNews();
    }

    @Test
    void whoAsksWhileTheServerCannotBeReachedHearsWhenItCan() {
        proxy.refuse();

        here.wantNews(Wish.CHANGES);
        proxy.pass();

        awaitNews();
    }

    @Test
    void newsOfAnEpochThatIsOverAreDroppedAndThoseOfTheNextCome() {
        here.wantNews(Wish.CHANGES);
        awaitNews();
        for (int round = 0; round < 50; round++) {
            there.clear();
            put("key " + round, "value");
        }
        awaitNews();

        assertThat(newsOf("key 49")).containsExactly(new News<>(Kind.CREATED, "key 49", "value", null));
    }

    @Test
    void whatOthersPublishIsHarmless() {
        here.wantNews(Wish.CHANGES);
        awaitNews();
        String channel;
        try (Resp admin = server.connect()) {
            channel = ((List<?>) admin.call("PUBSUB", "CHANNELS", "*"))
                    .stream()
                            .map(String::valueOf)
                            .filter(name -> name.contains(cache))
                            .findFirst()
                            .orElseThrow();
            for (String message : List.of("", "x", "\u0001", "\u0001" + "y".repeat(100))) {
                admin.call("PUBLISH", channel, message);
            }
        }

        awaitNews();

        assertThat(channel.getBytes(StandardCharsets.UTF_8)).startsWith("larder:N".getBytes(StandardCharsets.UTF_8));
    }

    /** By then the wish of whoever died, or listens no more, is over. */
    @Test
    void wishEndsByItself() {
        here.wantNews(Wish.CHANGES_WITH_PREVIOUS);
        awaitNews();
        assertThat(wishes()).isEqualTo(2);

        here.close();
        ours.close();

        await().atMost(SOON).until(() -> wishes() == 0);
    }

    /** Returns how many wishes the server knows; each is a member with a negative score, above those of changes. */
    private long wishes() {
        try (Resp admin = server.connect()) {
            return ((List<?>) admin.call("KEYS", "larder:S*" + cache + "*"))
                    .stream()
                            .mapToLong(
                                    key -> (Long) admin.call("ZCOUNT", String.valueOf(key), "-100000000000000", "(0"))
                            .sum();
        }
    }
}
