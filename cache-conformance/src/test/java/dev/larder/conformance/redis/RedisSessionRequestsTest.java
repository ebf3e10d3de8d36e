package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.session.SaveResult;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each use of a session asks of the server, as the server hears it, and what is left there. */
@Timeout(600)
class RedisSessionRequestsTest {

    private static RedisServer server;
    private static Member member;
    private static Cache<String, byte[]> cache;
    private static Cache<String, byte[]> index;
    private static RequestMonitor monitor;

    private final SessionStore store = builder().build();

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        member = new Member(server.uri());
        cache = member.cache("sessions", byte[].class, settings -> settings);
        index = member.cache("sessions.index", byte[].class, settings -> settings);
        monitor = new RequestMonitor(server);
    }

    @AfterAll
    static void stop() {
        monitor.close();
        member.close();
        server.close();
    }

    private static SessionStoreBuilder builder() {
        return SessionStore.over(cache).idleTimeout(Duration.ofMinutes(30));
    }

    private static Session saved(SessionStore store) {
        Session session = store.create();
        session.attribute("user", "ann");
        assertThat(store.save(session)).isEqualTo(SaveResult.SAVED);
        return session;
    }

    private static Session found(SessionStore store, Session session) {
        return Objects.requireNonNull(store.find(session.id()));
    }

    private static <T> T counting(int requests, String what, Supplier<T> action) {
        AtomicReference<T> result = new AtomicReference<>();
        List<String> made = monitor.during(() -> result.set(action.get()));
        assertThat(made).as(what).hasSize(requests);
        return result.get();
    }

    @Test
    void requestsOfAnUnchangedSessionAreOne() {
        Session stored = saved(store);

        Session session = counting(1, "find", () -> found(store, stored));
        session.accessed();
        assertThat(session.attribute("user")).isEqualTo("ann");
        SaveResult result = counting(0, "save", () -> store.save(session));

        assertThat(result).isEqualTo(SaveResult.UNCHANGED);
    }

    @Test
    void requestsOfAChangedSessionAreThree() {
        Session stored = saved(store);

        Session session = counting(1, "find", () -> found(store, stored));
        session.accessed();
        session.attribute("page", 7);
        SaveResult result = counting(2, "save", () -> store.save(session));

        assertThat(result).isEqualTo(SaveResult.SAVED);
    }

    @Test
    void indexCostsNothingUnlessItsValueChanges() {
        SessionStore indexed = builder().indexCache(index).index("user").build();
        Session session = found(indexed, saved(indexed));
        session.attribute("page", 7);
        counting(2, "save", () -> indexed.save(session));
        session.attribute("user", "bob");
        counting(6, "save under another value: into one, the session, out of the other", () -> indexed.save(session));

        List<Session> found = counting(2, "search", () -> indexed.findByIndex("user", "bob"));

        assertThat(found).extracting(Session::key).containsExactly(session.key());
    }

    @Test
    void whatCannotBeAnIdCostsNothing() {
        assertThat(counting(0, "find", () -> store.invalidate("not an id"))).isFalse();
    }

    @Test
    void timeToLiveIsWhatIsLeftOfTheSession() {
        Session idle = saved(store);
        Session absolute =
                saved(builder().absoluteTimeout(Duration.ofMinutes(10)).build());
        Session ended = saved(store);
        store.invalidate(ended);

        assertTimeToLive(idle.key(), Duration.ofMinutes(30));
        assertTimeToLive(absolute.key(), Duration.ofMinutes(10));
        assertTimeToLive(ended.key(), Duration.ofMinutes(5));
    }

    @Test
    void timeToLiveOfAnIndexIsThatOfItsLastSession() {
        SessionStore indexed = builder().indexCache(index).index("user").build();
        Session live = indexed.create();
        live.attribute("user", "zoe");
        indexed.save(live);
        Session shorter = indexed.create();
        shorter.idleTimeout(Duration.ofMinutes(1));
        shorter.attribute("user", "zoe");
        indexed.save(shorter);

        String member = text(Base64.getUrlDecoder().decode(live.key()));
        assertTimeToLive((name, value) -> value.contains(member), Duration.ofMinutes(60));
    }

    private static void assertTimeToLive(String key, Duration expected) {
        assertTimeToLive((name, value) -> name.contains(key), expected);
    }

    /** Half a minute is for a machine that stands still. */
    private static void assertTimeToLive(BiPredicate<String, String> nameAndValue, Duration expected) {
        try (Resp connection = server.connect()) {
            List<?> keys = stored(connection)
                    .filter(key -> nameAndValue.test(text(key), value(connection, key)))
                    .toList();
            assertThat(keys).as("entries").hasSize(1);
            assertThat((Long) connection.call(bytes("PTTL"), (byte[]) keys.get(0)))
                    .as("time to live")
                    .isGreaterThan(expected.minusSeconds(30).toMillis())
                    .isLessThanOrEqualTo(expected.toMillis());
        }
    }

    private static Stream<?> stored(Resp connection) {
        return ((List<?>) Objects.requireNonNull(connection.call(bytes("KEYS"), bytes("larder:K*")))).stream();
    }

    private static String value(Resp connection, Object key) {
        return text(Objects.requireNonNull(connection.call(bytes("GET"), (byte[]) key)));
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void everythingStoredHasItsTimeAndNoId() {
        SessionStore indexed = builder().indexCache(index).index("user").build();
        Session live = saved(indexed);
        Session ended = saved(indexed);
        indexed.invalidate(ended);

        try (Resp connection = server.connect()) {
            assertThat(stored(connection)).hasSizeGreaterThanOrEqualTo(3).allSatisfy(key -> {
                assertThat((Long) connection.call(bytes("PTTL"), (byte[]) key))
                        .as("time to live")
                        .isPositive();
                assertThat(text(key) + value(connection, key)).doesNotContain(live.id(), ended.id());
            });
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
