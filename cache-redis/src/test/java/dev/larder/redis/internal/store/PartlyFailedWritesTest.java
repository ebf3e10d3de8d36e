package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.ForwardingLink;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.redis.internal.link.TellingLink;
import dev.larder.redis.internal.news.NewsFeed;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.RedisCommand;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One of several writes that were sent together fails. The others are made, and remembered in case that their server is lost. */
class PartlyFailedWritesTest {

    private static final String REFUSED = "refused";
    private static final String UNANSWERED = "unanswered";

    private final RedisServer server = RedisServer.start();
    private final Client<RedisClient> client = Client.of(Access.ofStranger());
    private final StoreContext<String, String> context =
            StoreContext.of("users", String.class, String.class).withStoreDeadline(Duration.ofSeconds(2));
    private TellingLink link;
    private Calls calls;
    private CacheState state;
    private RedisStore<String, String> store;

    @BeforeEach
    void open() {
        link = new TellingLink(new PartlyFailing(StandaloneLink.toPrimary(client, URI.create(server.uri()))));
        calls = new Calls(link, Options.CONNECT_TIMEOUT);
        Scripts scripts = new Scripts(link);
        state = new CacheState(
                "larder:", context.codecs().open(context.name(), 0).space(), scripts, scripts, Clock.system());
        state.refresh(calls);
        NewsFeed feed = new NewsFeed(
                "nobody",
                subscriber -> {
                    throw new AssertionError("nobody listens");
                },
                Timer.system());
        store = new RedisStore<>(context, link, state, "larder:", feed, ForkJoinPool.commonPool(), () -> {});
        changes()
                .forEach(
                        change -> store.writeAll(Map.of("another", change))); // the server knows the script from now on
        store.write("made", Change.put("old", Ttl.ETERNAL));
    }

    @AfterEach
    void close() {
        store.close();
        link.close();
        client.close();
        server.close();
    }

    /** A link to a server that refuses, or does not answer, what is sent together with others and concerns the key of that name. */
    private static final class PartlyFailing extends ForwardingLink {

        PartlyFailing(Link link) {
            super(link);
        }

        @Override
        public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
            List<RedisCommand<byte[], byte[], ?>> passed = new ArrayList<>();
            for (RedisCommand<byte[], byte[], ?> command : commands) {
                if (concerns(REFUSED, command)) {
                    command.completeExceptionally(new RedisCommandExecutionException("OOM no memory"));
                } else if (!concerns(UNANSWERED, command)) {
                    passed.add(command);
                }
            }
            super.dispatch(passed);
        }

        private static boolean concerns(String name, RedisCommand<byte[], byte[], ?> command) {
            ByteBuffer key = command.getArgs().getFirstEncodedKey();
            return key != null
                    && StandardCharsets.ISO_8859_1.decode(key).toString().contains(name);
        }
    }

    /** Puts by the server's own command and by a script. */
    private static List<Change<String>> changes() {
        return List.of(Change.put("new", Ttl.ETERNAL), Change.put("new", Ttl.ETERNAL, Ttl.UNCHANGED));
    }

    static List<Arguments> writes() {
        return changes().stream()
                .flatMap(change -> Stream.of(REFUSED, UNANSWERED).map(failing -> Arguments.of(change, failing)))
                .toList();
    }

    private void writePartly(Change<String> change, String failing) {
        assertThatThrownBy(() -> store.writeAll(Map.of("made", change, failing, change)))
                .isInstanceOf(StoreException.class);
    }

    private byte[] wire() {
        return new Places<>("larder:", context.codecs().open(context.name(), state.epoch()))
                .of("made", state.epoch())
                .wire();
    }

    private byte[] stored() {
        return calls.make("GET", Calls.Kind.READ, () -> link.commands().get(wire()));
    }

    /** The tooth: the write before is the last that is known of, and is believed. */
    @ParameterizedTest
    @MethodSource("writes")
    void whatWasReplacedIsNotReadIfAFailoverLosesTheWrite(Change<String> change, String failing) {
        byte[] old = stored();
        writePartly(change, failing);
        calls.make("SET", Calls.Kind.WRITE, () -> link.commands().set(wire(), old));

        link.succeed();

        assertThat(store.read("made")).isNull();
    }

    /** The tooth: it is another version than that of the write before. */
    @ParameterizedTest
    @MethodSource("writes")
    void whatWasWrittenIsReadIfAFailoverKeepsIt(Change<String> change, String failing) {
        writePartly(change, failing);

        link.succeed();

        assertThat(store.read("made")).extracting(Entry::value).isEqualTo("new");
    }
}
