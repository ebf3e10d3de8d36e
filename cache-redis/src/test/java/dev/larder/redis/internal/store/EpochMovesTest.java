package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.ForwardingLink;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.redis.internal.state.EpochFollower;
import dev.larder.redis.internal.state.HeldAnswers;
import dev.larder.store.StoreContext;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.protocol.RedisCommand;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another JVM has cleared the cache and put an older value, which the server here has; when this one hears of the clear is forced. */
class EpochMovesTest {

    private static final long OLD = 1;
    private static final long NEW = 2;
    private static final long NEWER = 3;

    private static RedisServer server;
    private static Client<RedisClient> client;
    private static StandaloneLink link;

    private final HeldAnswers answers = new HeldAnswers();
    private CacheState state;
    private Places<String, String> places;
    private EpochMoves moves;
    private Calls calls;

    @BeforeAll
    static void connect() {
        server = RedisServer.start();
        client = Client.of(Access.ofStranger());
        link = StandaloneLink.toPrimary(client, URI.create(server.uri()));
    }

    @AfterAll
    static void disconnect() {
        link.close();
        client.close();
        server.close();
    }

    @BeforeEach
    void learnTheOldEpoch() {
        StoreContext<String, String> context = StoreContext.of("cache", String.class, String.class);
        var codec = context.codecs().open("cache", OLD);
        state = new CacheState("larder:", codec.space(), answers, answers, new FakeTime());
        refresh(OLD);
        calls = new Calls(link, Options.CONNECT_TIMEOUT);
        places = new Places<>("larder:", codec);
        moves = new EpochMoves(link, places, state);
        moves.follow();
        var set = link.commands().set(wireIn(NEW), new byte[] {1});
        calls.await("SET", Calls.Kind.WRITE, set.toCompletableFuture());
    }

    private void refresh(long epoch) {
        CompletableFuture<Void> asked = state.refreshed();
        answers.answer(answers.asked() - 1, epoch, 0);
        asked.join();
    }

    private byte[] wireIn(long epoch) {
        return places.of("key", epoch).wire();
    }

    private void written() {
        moves.written(places.of("key", OLD).key(), OLD, calls);
    }

    private boolean isOlderValueThere() {
        return calls.make("GET", Calls.Kind.READ, () -> link.commands().get(wireIn(NEW))) != null;
    }

    @Test
    void keyWrittenBeforeTheMoveIsRemovedBeforeTheNewEpochIsUsed() {
        written();

        refresh(NEW);

        assertThat(isOlderValueThere()).isFalse();
    }

    @Test
    void keyWrittenAfterTheQuestionIsRemovedAllTheSame() {
        CompletableFuture<Void> asked = state.refreshed();
        written();
        answers.answer(answers.asked() - 1, NEW, 0);
        asked.join();

        assertThat(isOlderValueThere()).isFalse();
    }

    @Test
    void writeThatEndsAfterTheMoveRemovesItsKeyItself() {
        refresh(NEW);

        written();

        assertThat(isOlderValueThere()).isFalse();
    }

    @Test
    void keyThatAConfirmedEpochCoversIsLeftAlone() {
        written();
        refresh(OLD);

        refresh(NEW);

        assertThat(isOlderValueThere()).isTrue();
    }

    private void manyWritten(int count) {
        for (int i = 0; i < count; i++) {
            moves.written(places.of("key " + i, OLD).key(), OLD, calls);
        }
    }

    @Test
    void keysThatWereWrittenTogetherAreRemovedTogether() {
        AtomicInteger sent = new AtomicInteger();
        Link counting = new ForwardingLink(link) {
            @Override
            public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
                sent.incrementAndGet();
                super.dispatch(commands);
            }
        };
        refresh(NEW);

        List<byte[]> keys = Stream.concat(IntStream.range(0, 2_499).mapToObj(i -> "key " + i), Stream.of("key"))
                .map(key -> places.of(key, OLD).key())
                .toList();
        moves.written(keys, OLD, new Calls(counting, Options.CONNECT_TIMEOUT));

        assertThat(sent).hasValue(3);
        assertThat(isOlderValueThere()).isFalse();
    }

    /** There is room for 10,000 requests in the queue of a connection. */
    @Test
    void manyKeysAreRemovedBeforeTheNewEpochIsUsed() {
        manyWritten(15_000);
        written();

        refresh(NEW);

        assertThat(state.epoch()).isEqualTo(NEW);
        assertThat(isOlderValueThere()).isFalse();
    }

    @Test
    void whenTooManyKeysWereWrittenTheEpochIsReplacedOnceMore() {
        manyWritten(20_001);

        CompletableFuture<Void> asked = state.refreshed();
        answers.answer(answers.asked() - 1, NEW, 0);
        answers.answer(answers.asked() - 1, NEW, 0); // to the clear
        answers.answer(answers.asked() - 1, NEWER, 0);
        asked.join();

        assertThat(state.epoch()).isEqualTo(NEWER);
    }

    /** Fails the test if something is sent. */
    private static final class SilentLink extends ForwardingLink {

        SilentLink() {
            super(link);
        }

        @Override
        public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
            throw new AssertionError("nothing is to be removed");
        }
    }

    private void writtenInTheNewEpoch(EpochMoves late) {
        late.written(places.of("key", NEW).key(), NEW, new Calls(new SilentLink(), Options.CONNECT_TIMEOUT));
    }

    @Test
    void epochThatMovesBeforeItIsFollowedIsTheOneToWriteIn() {
        EpochMoves late = new EpochMoves(link, places, state);
        refresh(NEW);
        late.follow();

        writtenInTheNewEpoch(late);
    }

    @Test
    void soIsOneThatIsMovingWhenItIsFollowed() {
        Following slow = new Following();
        state.follow(slow);
        CompletableFuture<Void> asked = state.refreshed();
        answers.answer(answers.asked() - 1, NEW, 0);
        EpochMoves late = new EpochMoves(link, places, state);
        late.follow();
        slow.done.complete(null);
        asked.join();

        writtenInTheNewEpoch(late);
    }

    private static final class Following implements EpochFollower {

        private final CompletableFuture<Void> done = new CompletableFuture<>();

        @Override
        public void asked() {}

        @Override
        public void confirmed() {}

        @Override
        public CompletionStage<?> moved(long newEpoch) {
            return done;
        }
    }
}
