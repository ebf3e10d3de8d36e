package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.ForwardingLink;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.ScriptRunner;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.TagVersions;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys come to a server that lacks a write; that it does so while an operation is under way is forced. */
class LastWritesTest {

    private static RedisServer server;
    private static Client<RedisClient> client;
    private static StandaloneLink link;

    private final FakeTime time = new FakeTime();
    private final TagVersions tags = new TagVersions();
    private Places<String, String> places;
    private CacheState state;
    private LastWrites writes;
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
    void write() {
        StoreContext<String, String> context = StoreContext.of("cache", String.class, String.class);
        Scripts scripts = new Scripts(link);
        state = new CacheState("larder:", new KeySpace("", UUID.randomUUID().toString(), 0), scripts, scripts, time);
        calls = new Calls(link, Options.CONNECT_TIMEOUT);
        state.refresh(calls);
        places = new Places<>("larder:", context.codecs().open("cache", state.epoch()));
        writes = new LastWrites(link, scripts, state, time);
        note(1);
        store(1);
    }

    private Place<String, String> begun() {
        Place<String, String> place = places.of("key", state.epoch());
        writes.settle(place, calls, tags);
        return place;
    }

    private byte[] frame(long version) {
        Place<String, String> place = places.of("key", state.epoch());
        return place.codec().frame(place.key(), "value " + version, version);
    }

    private void note(long version) {
        Place<String, String> place = begun();
        place.put(frame(version));
        writes.note(place);
    }

    private void store(long version) {
        var set = link.commands().set(places.of("key", state.epoch()).wire(), frame(version));
        calls.await("SET", Calls.Kind.WRITE, set.toCompletableFuture());
    }

    private @Nullable String stored() {
        Place<String, String> place = begun();
        byte[] found = calls.<byte @Nullable []>make(
                "GET", Calls.Kind.READ, () -> link.commands().get(place.wire()));
        RedisEntry<String> entry = place.entry(found, RedisEntry.UNKNOWN, tags);
        return entry == null ? null : entry.value();
    }

    @Test
    void whatIsThereStillIsBelieved() {
        writes.succeeded(key -> true);

        assertThat(stored()).isEqualTo("value 1");
    }

    @Test
    void whatWasReplacedIsRemoved() {
        note(2);
        writes.succeeded(key -> true);

        assertThat(stored()).isNull();
    }

    private void tried(long replaced, long version) {
        Place<String, String> place = begun();
        place.put(frame(version));
        writes.tries(place, replaced);
    }

    @Test
    void writeWhoseAnswerWasLostIsNotRemoved() {
        tried(1, 2);
        store(2);
        writes.succeeded(key -> true);

        assertThat(stored()).isEqualTo("value 2");
    }

    @Test
    void norIsOneOfSeveralThatWereTried() {
        tried(1, 2);
        writes.succeeded(key -> true);
        tried(1, 3);
        tried(3, 4);
        store(4);

        assertThat(stored()).isEqualTo("value 4");
    }

    private void refused(long replaced, long version) {
        Place<String, String> place = begun();
        place.put(frame(version));
        writes.tries(place, replaced);
        writes.refused(place);
    }

    @Test
    void refusedTriesDoNotMakeOneForgottenWhoseAnswerWasLost() {
        tried(1, 2);
        LongStream.range(3, 10_000).forEach(version -> refused(1, version));
        store(2);
        writes.succeeded(key -> true);

        assertThat(stored()).isEqualTo("value 2");
    }

    @Test
    void refusedTryIsNotTakenForOneWhoseAnswerWasLost() {
        refused(1, 2);
        store(2);
        writes.succeeded(key -> true);

        assertThat(stored()).isNull();
    }

    /** Whoever tries for hours and never gets an answer needs no memory for that. */
    @Test
    void onlyTheLastTriesAreRemembered() {
        LongStream.range(2, 10_000).forEach(version -> tried(1, version));
        store(9_999);
        writes.succeeded(key -> true);
        assertThat(stored()).isEqualTo("value 9999");

        store(2);
        writes.succeeded(key -> true);
        assertThat(stored()).isNull();
    }

    @Test
    void triedWriteThatWasReplacedSinceIsRemoved() {
        tried(1, 2);
        note(3);
        store(2);
        writes.succeeded(key -> true);

        assertThat(stored()).isNull();
    }

    @Test
    void writeThatWasTriedOnWhatIsNotTheLastIsRemoved() {
        note(2);
        tried(1, 3);
        store(3);
        writes.succeeded(key -> true);

        assertThat(stored()).isNull();
    }

    @Test
    void keysThatAreNotConcernedAreBelieved() {
        note(2);
        writes.succeeded(key -> false);

        assertThat(stored()).isEqualTo("value 1");
    }

    @Test
    void writeToTheNewServerEndsTheDoubt() {
        note(2);
        writes.succeeded(key -> true);
        note(3);
        store(1);

        assertThat(stored()).isEqualTo("value 1");
    }

    @Test
    void answerToWhoAskedBeforeIsNotBelieved() {
        Place<String, String> before = begun();
        writes.succeeded(key -> true);

        assertThatThrownBy(() -> writes.requireSettled(before, Applied.NO)).isInstanceOf(StoreException.class);
        writes.requireSettled(begun(), Applied.NO);
    }

    @Test
    void answerToWhoAskedWhileKeysBecameDoubtfulIsNotBelieved() {
        List<Place<String, String>> meanwhile = new ArrayList<>();
        writes.succeeded(key -> meanwhile.add(begun()));

        assertThatThrownBy(() -> writes.requireSettled(meanwhile.get(0), Applied.NO))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void writeThatWasUnderWayIsDoubtful() {
        Place<String, String> before = begun();
        before.put(frame(2));
        writes.succeeded(key -> true);
        writes.note(before);

        assertThat(stored()).isNull();
    }

    @Test
    void writeOfLongAgoIsNotRemembered() {
        note(2);
        time.advance(Duration.ofMillis(LastWrites.MILLIS));
        Place<String, String> another = places.of("another", state.epoch());
        writes.note(another);
        time.advance(Duration.ofMillis(LastWrites.MILLIS));
        writes.note(another);
        writes.succeeded(key -> true);

        assertThat(stored()).isEqualTo("value 1");
    }

    /** Counts what is sent, however much is sent together. */
    private static final class CountingLink extends ForwardingLink {

        private int sent;

        CountingLink() {
            super(link);
        }

        @Override
        public RedisClusterAsyncCommands<byte[], byte[]> commands() {
            sent++;
            return super.commands();
        }

        @Override
        public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
            sent++;
            super.dispatch(commands);
        }
    }

    @Test
    void manyKeysAreLookedAtTogether() {
        CountingLink counting = new CountingLink();
        writes = new LastWrites(counting, new Scripts(link), state, time);
        List<Place<String, String>> written = IntStream.range(0, 100)
                .mapToObj(i -> places.of("key " + i, state.epoch()))
                .toList();
        for (Place<String, String> place : written) {
            byte[] older = place.codec().frame(place.key(), "older", 1);
            calls.make("SET", Calls.Kind.WRITE, () -> link.commands().set(place.wire(), older));
            place.put(place.codec().frame(place.key(), "lost", 2));
            writes.note(place);
        }
        writes.succeeded(key -> true);

        writes.settle(written, calls, tags);

        assertThat(counting.sent).isLessThanOrEqualTo(3); // the script is sent once more where it is not known
        for (Place<String, String> place : written) {
            assertThat(calls.make(
                            "EXISTS", Calls.Kind.READ, () -> link.commands().exists(place.wire())))
                    .isZero();
            writes.requireSettled(place, Applied.NO);
        }
    }

    private void noteMany(int number, String prefix, long epoch) {
        for (int i = 0; i < number; i++) {
            writes.note(places.of(prefix + i, epoch));
        }
    }

    /** The tooth: what each succession makes doubtful adds up. */
    @Test
    void cacheIsClearedIfTooManyKeysOfSeveralSuccessionsAreDoubtful() {
        int most = 10;
        writes = new LastWrites(link, new Scripts(link), state, time, most);
        long epoch = state.epoch();
        for (int succession = 0; succession < 5; succession++) {
            noteMany(most, succession + " ", epoch);
            writes.succeeded(key -> true);
        }
        Place<String, String> tooLate = places.of("key", epoch);
        assertThatThrownBy(() -> writes.settle(tooLate, calls, tags)).isInstanceOf(StoreException.class);

        writes.clearIfAllAreDoubtful(calls);

        assertThat(state.epoch()).isNotEqualTo(epoch);
        assertThatThrownBy(() -> writes.settle(tooLate, calls, tags)).isInstanceOf(StoreException.class);
        writes.settle(places.of("key", state.epoch()), calls, tags);
        long next = state.epoch();
        writes.clearIfAllAreDoubtful(calls);
        assertThat(state.epoch()).isEqualTo(next);
    }

    @Test
    void noMoreKeysAreDoubtfulAfterTheLastSuccession() {
        writes = new LastWrites(link, new Scripts(link), state, time, 10);
        long epoch = state.epoch();
        noteMany(11, "", epoch);

        writes.succeeded(key -> true);

        Place<String, String> tooLate = places.of("key", epoch);
        assertThatThrownBy(() -> writes.settle(tooLate, calls, tags)).isInstanceOf(StoreException.class);
    }

    /** The tooth: the epoch that was given up is in effect, and nothing in it is believed, for good. */
    @Test
    void clearThatAFailoverLosesIsMadeOnceMore() {
        Scripts scripts = new Scripts(link);
        AtomicInteger clears = new AtomicInteger();
        ScriptRunner losesTheFirst = (script, key, arguments) -> clears.getAndIncrement() == 0
                ? CompletableFuture.completedFuture(List.of())
                : scripts.start(script, key, arguments);
        state = new CacheState(
                "larder:", new KeySpace("", UUID.randomUUID().toString(), 0), scripts, losesTheFirst, time);
        state.refresh(calls);
        writes = new LastWrites(link, scripts, state, time, 0);
        long epoch = state.epoch();
        for (int succession = 0; succession < 2; succession++) {
            noteMany(1, succession + " ", epoch);
            writes.succeeded(key -> true);
        }
        writes.clearIfAllAreDoubtful(calls);
        assertThat(state.epoch()).isEqualTo(epoch);

        writes.clearIfAllAreDoubtful(calls);

        assertThat(state.epoch()).isNotEqualTo(epoch);
        writes.settle(places.of("key", state.epoch()), calls, tags);
        assertThat(clears).hasValue(2);
    }

    /** As when sentinels are parted: what is cleared is another server than the one that says what the epoch is. */
    @Test
    void cacheThatIsClearedInVainIsClearedAgainAfterAPause() {
        AtomicInteger clears = new AtomicInteger();
        ScriptRunner elsewhere = (script, key, arguments) -> {
            clears.incrementAndGet();
            return CompletableFuture.completedFuture(List.of());
        };
        Scripts scripts = new Scripts(link);
        state = new CacheState("larder:", new KeySpace("", UUID.randomUUID().toString(), 0), scripts, elsewhere, time);
        state.refresh(calls);
        writes = new LastWrites(link, scripts, state, time, 0);
        noteMany(1, "", state.epoch());
        writes.succeeded(key -> true);
        for (int operation = 0; operation < 3; operation++) {
            writes.clearIfAllAreDoubtful(calls);
        }

        assertThatThrownBy(() -> writes.clearIfAllAreDoubtful(calls))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.applied()).isEqualTo(Applied.NO));
        assertThat(clears).hasValue(3);
        time.advance(Duration.ofMillis(500));
        writes.clearIfAllAreDoubtful(calls);
        assertThat(clears).hasValue(4);
    }

    private void noteBegun(int number, String prefix) {
        for (int i = 0; i < number; i++) {
            Place<String, String> place = places.of(prefix + i, state.epoch());
            writes.settle(place, calls, tags);
            writes.note(place);
        }
    }

    @Test
    void keysOfAnEpochThatIsOverDoNotAddToThoseOfTheNext() {
        writes = new LastWrites(link, new Scripts(link), state, time, 10);
        noteBegun(6, "before ");
        writes.succeeded(key -> true);
        state.clear(calls);
        long epoch = state.epoch();
        noteBegun(6, "after ");
        writes.succeeded(key -> true);

        writes.clearIfAllAreDoubtful(calls);

        assertThat(state.epoch()).isEqualTo(epoch);
        assertThat(writes.haveDoubts()).isTrue();
    }

    @Test
    void nothingIsBelievedInAnEpochWhoseDoubtsWereForgotten() {
        Place<String, String> begun = begun();
        Place<String, String> late = places.of("key", state.epoch());
        state.clear(calls);
        writes.succeeded(key -> true);

        assertThat(writes.haveDoubts()).isFalse();
        assertThatThrownBy(() -> writes.requireSettled(begun, Applied.NO)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> writes.settle(late, calls, tags)).isInstanceOf(StoreException.class);
    }

    /** A JVM that writes once a day must not, at the next succession, remove what others have written since. */
    @Test
    void writeOfLongAgoIsNotRememberedThoughNoneHasComeSince() {
        note(2);
        time.advance(Duration.ofMillis(LastWrites.IDLE_MILLIS));
        writes.succeeded(key -> true);

        assertThat(stored()).isEqualTo("value 1");
    }

    @Test
    void writeBeforeAnOutageOfMinutesIsRemembered() {
        note(2);
        time.advance(Duration.ofMinutes(4));
        writes.succeeded(key -> true);

        assertThat(stored()).isNull();
    }

    /** Does something before it sends commands together for the second time. */
    private static final class BusyLink extends ForwardingLink {

        private final Runnable work;
        private int dispatched;

        BusyLink(Runnable work) {
            super(link);
            this.work = work;
        }

        @Override
        public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
            if (++dispatched == 2) {
                work.run();
            }
            super.dispatch(commands);
        }
    }

    /** The tooth: the look believes what it has seen, and takes with it the doubt of a write that another thread notes meanwhile. */
    @Test
    void doubtThatComesDuringALookIsNotTakenAwayByIt() {
        Place<String, String> underWay = begun();
        underWay.put(frame(2));
        BusyLink busy = new BusyLink(() -> writes.note(underWay));
        writes = new LastWrites(busy, new Scripts(link), state, time);
        note(1);
        Place<String, String> another = places.of("another", state.epoch());
        another.put(another.codec().frame(another.key(), "lost", 2));
        writes.note(another);
        byte[] older = another.codec().frame(another.key(), "older", 1);
        calls.make("SET", Calls.Kind.WRITE, () -> link.commands().set(another.wire(), older));
        writes.succeeded(key -> true);

        writes.settle(List.of(places.of("key", state.epoch()), another), calls, tags);

        assertThat(busy.dispatched).isGreaterThanOrEqualTo(2);
        assertThat(stored()).isNull();
    }

    private void settleInTheBackground() {
        Settling settling = new Settling(
                "cache",
                () -> writes.settleSome(places, calls, tags),
                writes::haveDoubts,
                Duration.ofSeconds(1),
                time,
                Runnable::run);
        writes.onDoubt(settling::begin);
    }

    /** The tooth: without the look in the background, a doubt takes away what another has written long after the succession. */
    @Test
    void whatAnotherWritesLongAfterASuccessionIsRead() {
        settleInTheBackground();
        writes.succeeded(key -> true);
        time.advance(Duration.ofMinutes(1));
        store(2);

        assertThat(stored()).isEqualTo("value 2");
    }

    @Test
    void whatWasReplacedIsRemovedInTheBackground() {
        settleInTheBackground();
        note(2);
        writes.succeeded(key -> true);
        time.advance(Duration.ofMinutes(1));

        assertThat(calls.make(
                        "EXISTS",
                        Calls.Kind.READ,
                        () -> link.commands()
                                .exists(places.of("key", state.epoch()).wire())))
                .isZero();
        assertThat(writes.haveDoubts()).isFalse();
    }

    @Test
    void writeThatWasUnderWayIsLookedAtInTheBackground() {
        settleInTheBackground();
        Place<String, String> before = begun();
        before.put(frame(2));
        writes.succeeded(key -> true);
        time.advance(Duration.ofMinutes(1));
        store(2);
        writes.note(before);
        assertThat(writes.haveDoubts()).isTrue();
        time.advance(Duration.ofMinutes(1));

        assertThat(writes.haveDoubts()).isFalse();
        assertThat(stored()).isEqualTo("value 2");
    }

    @Test
    void manyKeysAreSettledInTheBackground() {
        settleInTheBackground();
        noteBegun(2_500, "many ");
        writes.succeeded(key -> true);
        time.advance(Duration.ofMinutes(1));

        assertThat(writes.haveDoubts()).isFalse();
    }

    /** The tooth: the server made the second write last and lost it, but the first is noted last, and would be believed. */
    @Test
    void neitherOfTwoWritesThatWereUnderWayTogetherIsBelieved() {
        Place<String, String> first = begun();
        Place<String, String> second = begun();
        second.put(frame(3));
        writes.note(second);
        first.put(frame(2));
        writes.note(first);
        store(2);
        writes.succeeded(key -> true);

        assertThat(stored()).isNull();
    }

    @Test
    void oneThatWasTriedInThePlaceOfTheOtherIsBelieved() {
        Place<String, String> first = begun();
        Place<String, String> second = begun();
        first.put(frame(2));
        writes.note(first);
        second.put(frame(3));
        writes.tries(second, 2);
        writes.note(second);
        store(3);
        writes.succeeded(key -> true);

        assertThat(stored()).isEqualTo("value 3");
    }
}
