package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.redis.internal.link.TellingLink;
import dev.larder.redis.internal.news.NewsFeed;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreTimeoutException;
import dev.larder.store.Ttl;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Timer;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody asks again and again for a key that is taken, and after that another server takes the place of the one that was asked. */
class RefusedTriesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private final Client<RedisClient> client = Client.of(Access.ofStranger());
    private TellingLink link;
    private RedisStore<String, String> store;

    @BeforeEach
    void open() {
        link = new TellingLink(
                StandaloneLink.toPrimary(client, URI.create("redis://" + proxy.host() + ":" + proxy.port())));
        StoreContext<String, String> context =
                StoreContext.of("locks", String.class, String.class).withStoreDeadline(DEADLINE);
        Scripts scripts = new Scripts(link);
        CacheState state = new CacheState(
                "larder:",
                context.codecs().open(context.name(), 0).space(),
                scripts,
                scripts,
                new FakeTime()); // nobody renews what is known of the cache
        state.refresh(new Calls(link, Options.CONNECT_TIMEOUT));
        NewsFeed feed = new NewsFeed(
                "nobody",
                subscriber -> {
                    throw new AssertionError("nobody listens");
                },
                Timer.system());
        store = new RedisStore<>(context, link, state, "larder:", feed, ForkJoinPool.commonPool(), () -> {});
        store.write("another", lock("known")); // the server knows the script from now on
    }

    @AfterEach
    void close() {
        store.close();
        link.close();
        client.close();
        proxy.close();
        server.close();
    }

    private static Change<String> lock(String holder) {
        return Change.put(holder, Ttl.ETERNAL).ifAbsent().tellingEffect();
    }

    @Test
    void theyDoNotMakeOneForgottenWhoseAnswerWasLost() {
        store.write("lock", Change.remove());
        proxy.delayReplies(DEADLINE.multipliedBy(2));
        assertThatThrownBy(() -> store.write("lock", lock("us"))).isInstanceOf(StoreTimeoutException.class);
        proxy.pass();
        for (int i = 0; i < 100; i++) {
            assertThat(store.write("lock", lock("us, once more")).effect()).isEqualTo(Effect.MISMATCH);
        }

        link.succeed();

        assertThat(store.read("lock")).extracting(Entry::value).isEqualTo("us");
    }
}
