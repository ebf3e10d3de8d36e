package dev.larder.redis.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.store.TagVersions;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two JVMs and a server that loses the last changes of a state, as one does that takes the place of another. What the JVMs ask is said by the test: nobody tells
 * them of changes.
 */
class LostChangesTest {

    private static RedisServer server;
    private static Client<RedisClient> client;
    private static StandaloneLink link;
    private static Calls calls;

    private final String cache = UUID.randomUUID().toString();
    private final byte[] before = bytes("before " + cache);
    private final CacheState ours = state();
    private final CacheState theirs = state();

    @BeforeAll
    static void connect() {
        server = RedisServer.start();
        client = Client.of(Access.ofStranger());
        link = StandaloneLink.toPrimary(client, URI.create(server.uri()));
        calls = new Calls(link, Options.CONNECT_TIMEOUT);
    }

    @AfterAll
    static void disconnect() {
        link.close();
        client.close();
        server.close();
    }

    private CacheState state() {
        Scripts scripts = new Scripts(link);
        return new CacheState("larder:", new KeySpace("", cache, 0), scripts, scripts, new FakeTime());
    }

    @BeforeEach
    void know() {
        ours.refresh(calls);
        theirs.refresh(calls);
        save(before);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void save(byte[] as) {
        calls.make("COPY", Kind.WRITE, () -> link.commands().copy(ours.key(), as));
    }

    /** The server has the state of before again. */
    private void restore(byte[] saved) {
        calls.make("RENAME", Kind.WRITE, () -> link.commands().rename(saved, ours.key()));
    }

    private static boolean isUpToDate(CacheState state, String tag, long asOf) {
        return state.tags().isUpToDate(Set.of(tag), asOf);
    }

    @Test
    void invalidationThatWasLostIsOneOfAllTagsForWhoDidNotHearOfIt() {
        long known = theirs.tags().number();
        ours.invalidate(calls, Set.of("lost"));
        restore(before);
        ours.refresh(calls);

        theirs.refresh(calls);

        assertThat(isUpToDate(theirs, "lost", known)).isFalse();
    }

    /** The tooth: numbers that are only counted come twice, and who knew the lost one takes the next for known. */
    @Test
    void numberThatWasLostIsNotMadeOnceMore() {
        ours.invalidate(calls, Set.of("lost"));
        long lost = ours.tags().number();
        restore(before);
        theirs.invalidate(calls, Set.of("red"));

        ours.refresh(calls);

        assertThat(isUpToDate(ours, "red", lost)).isFalse();
        assertThat(isUpToDate(theirs, "red", lost)).isFalse();
    }

    /** A server that loses some of them makes the next ones by its clock, which have to be above. */
    @Test
    void numbersAreNotAheadOfTheClock() {
        for (int i = 0; i < 20; i++) {
            ours.invalidate(calls, Set.of("red"));

            assertThat(ours.tags().number()).isLessThanOrEqualTo(serverMicros());
        }
    }

    private static long serverMicros() {
        List<byte[]> time = calls.make("TIME", Kind.READ, () -> link.commands().time());
        return Long.parseLong(new String(time.get(0), StandardCharsets.US_ASCII)) * 1_000_000
                + Long.parseLong(new String(time.get(1), StandardCharsets.US_ASCII));
    }

    /** Others would read what is dated by the lost number until whoever knows it has asked. */
    @Test
    void changeIsNumberedAboveWhatWhoMakesItKnows() {
        long lost = ours.tags().number() + 1_000_000_000;
        learnOf(lost);
        restore(before);

        ours.invalidate(calls, Set.of("red"));

        Double number = calls.make("ZSCORE", Kind.READ, () -> link.commands().zscore(ours.key(), bytes("Tred")));
        assertThat(number).isGreaterThan((double) lost);
    }

    @Test
    void clearIsNumberedAboveWhatWhoMakesItKnows() {
        long lost = ours.tags().number() + 1_000_000_000;
        learnOf(lost);
        restore(before);

        ours.clear(calls);

        theirs.refresh(calls);
        assertThat(theirs.tags().number()).isGreaterThan(lost);
        assertThat(ours.tags().number()).isEqualTo(theirs.tags().number());
    }

    /** The clock of the server that was lost was ahead. */
    @Test
    void numberAboveAllThatTheServerMadeIsFoundToBeLost() {
        long lost = theirs.tags().number() + 1_000_000_000;
        learnOf(lost);
        restore(before);
        theirs.invalidate(calls, Set.of("red"));

        ours.refresh(calls);
        theirs.refresh(calls);

        assertThat(isUpToDate(ours, "red", lost)).isFalse();
        assertThat(isUpToDate(theirs, "red", lost)).isFalse();
    }

    /** The same, and the other server has gone on. */
    @Test
    void numberBelowThoseThatTheServerMadeIsFoundToBeLost() {
        byte[] next = bytes("next " + cache);
        theirs.invalidate(calls, Set.of("green"));
        theirs.invalidate(calls, Set.of("red"));
        long lost = theirs.tags().number() - 1;
        save(next);
        restore(before);
        learnOf(lost);
        restore(next);

        ours.refresh(calls);
        theirs.refresh(calls);

        assertThat(isUpToDate(ours, "green", lost)).isFalse();
        assertThat(isUpToDate(theirs, "green", lost)).isFalse();
    }

    private void learnOf(long lost) {
        calls.make("ZADD", Kind.WRITE, () -> link.commands().zadd(ours.key(), (double) lost, bytes("Tlost")));
        ours.refresh(calls);
        assertThat(ours.tags().number()).isEqualTo(lost);
    }

    @Test
    void changesThatWereMadeAreNoneOfAllTags() {
        long known = theirs.tags().number();
        for (int i = 0; i < 50; i++) {
            theirs.invalidate(calls, Set.of("red"));
            ours.refresh(calls);
        }

        assertThat(isUpToDate(ours, "red", known)).isFalse();
        assertThat(isUpToDate(ours, "green", known)).isTrue();
        assertThat(isUpToDate(theirs, "green", known)).isTrue();
    }

    /** Nobody else pays for that. */
    @Test
    void whoWasAwayForLongTakesAllTagsForInvalidated() {
        long known = ours.tags().number();
        ours.invalidate(calls, Set.of("blue"));
        theirs.refresh(calls);
        for (int i = 0; i < 1_100; i++) {
            theirs.invalidate(calls, Set.of("red"));
        }

        ours.refresh(calls);
        theirs.refresh(calls);

        assertThat(isUpToDate(ours, "green", known)).isFalse();
        assertThat(isUpToDate(theirs, "green", known)).isTrue();
    }

    @Test
    void tagsThatAreForgottenDoNotLowerTheNumberOfAllTags() {
        byte[] full = bytes("full " + cache);
        ours.invalidate(
                calls,
                IntStream.range(0, TagVersions.CAPACITY)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.toSet()));
        long lost = ours.tags().number() + 1_000_000_000;
        save(full);
        learnOf(lost);
        restore(full);
        ours.refresh(calls);

        theirs.invalidate(calls, Set.of("one too many"));

        CacheState fresh = state();
        fresh.refresh(calls);
        assertThat(isUpToDate(fresh, "lost", lost)).isFalse();
    }
}
