package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.TagVersions;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys come to a server that lacks a write; that it does so while an operation is under way is forced. */
class LastWritesTest {

    private static final long EPOCH = 1;

    private static RedisServer server;
    private static Client<RedisClient> client;
    private static StandaloneLink link;

    private final FakeTime time = new FakeTime();
    private final TagVersions tags = new TagVersions();
    private Places<String, String> places;
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
        places = new Places<>("larder:", context.codecs().open("cache", EPOCH));
        writes = new LastWrites(link, new Scripts(link), time);
        calls = new Calls(link, Options.CONNECT_TIMEOUT);
        note(1);
        store(1);
    }

    private Place<String, String> begun() {
        Place<String, String> place = places.of("key", EPOCH);
        writes.settle(place, calls, tags);
        return place;
    }

    private byte[] frame(long version) {
        Place<String, String> place = places.of("key", EPOCH);
        return place.codec().frame(place.key(), "value " + version, version);
    }

    private void note(long version) {
        Place<String, String> place = begun();
        place.put(frame(version));
        writes.note(place);
    }

    private void store(long version) {
        var set = link.commands().set(places.of("key", EPOCH).wire(), frame(version));
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
        Place<String, String> another = places.of("another", EPOCH);
        writes.note(another);
        time.advance(Duration.ofMillis(LastWrites.MILLIS));
        writes.note(another);
        writes.succeeded(key -> true);

        assertThat(stored()).isEqualTo("value 1");
    }
}
