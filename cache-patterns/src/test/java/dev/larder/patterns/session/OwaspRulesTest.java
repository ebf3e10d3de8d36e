package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.Provider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules of OWASP's Session Management Cheat Sheet, as far as they concern a session store. Cookies and URLs are the business of who has them. */
class OwaspRulesTest {

    private final CacheManager manager = Provider.LARDER.newManager();
    private final StillClock clock = new StillClock();
    private final FailingCache failing =
            new FailingCache(manager.createCache("sessions", new MutableConfiguration<>()));
    private final SessionStore store = SessionStore.over(failing.cache())
            .idleTimeout(Duration.ofMinutes(15))
            .absoluteTimeout(Duration.ofHours(8))
            .renewIdAfter(Duration.ofMinutes(30))
            .maxAttributeBytes(1_000)
            .clock(clock)
            .build();

    @AfterEach
    void close() {
        manager.close();
    }

    private Session saved() {
        Session session = store.create();
        session.attribute("user", "ann");
        store.save(session);
        return session;
    }

    /** "Session ID Entropy": at least 64 bits; here 256, from a generator for cryptography. */
    @Test
    void idsHave256RandomBits() {
        int[] ones = new int[256];
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = store.create().id();
            ids.add(id);
            byte[] bytes = Base64.getUrlDecoder().decode(id);
            for (int bit = 0; bit < ones.length; bit++) {
                ones[bit] += (bytes[bit / 8] >> (bit % 8)) & 1;
            }
        }

        assertThat(ids).hasSize(10_000).allSatisfy(id -> assertThat(id).hasSize(43));
        assertThat(Arrays.stream(ones))
                .as("how often each bit is set")
                .allSatisfy(count -> assertThat(count).isBetween(4_600, 5_400));
    }

    /** "Session ID Content": meaningless; nothing of the session is in it, and it is not what the store has. */
    @Test
    void storeHoldsHashesOnly() {
        Session session = saved();

        assertThat(session.key()).isNotEqualTo(session.id()).isEqualTo(store.keyOf(session.id()));
        assertThat(failing.cache().containsKey(session.id())).isFalse();
    }

    /** "Session ID Generation and Verification": strict; an id that the store did not make is never taken over. */
    @Test
    void idThatAClientMadeUpIsNoSession() {
        String forged = IdGenerator.secure().newId();

        assertThat(store.find(forged)).isNull();
        assertThat(store.create().id()).isNotEqualTo(forged);
    }

    /** "Renew the Session ID After Any Privilege Level Change": the id from before the login is dead. */
    @Test
    void idFromBeforeTheLoginIsDead() {
        Session session = saved();
        String fixed = session.id();

        store.rotateId(session);

        assertThat(store.find(fixed)).isNull();
        assertThat(store.invalidate(session.id())).isTrue();
    }

    /** "Session Expiration": idle, absolute and renewal timeouts, enforced by the server. */
    @Test
    void sessionsEndByThemselves() {
        String idle = saved().id();
        clock.advance(Duration.ofMinutes(15));
        assertThat(store.find(idle)).isNull();

        Session used = saved();
        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofMinutes(10));
            Session found = store.find(used.id());
            if (found == null) {
                assertThat(i).as("ten minutes").isGreaterThanOrEqualTo(47);
                return;
            }
            found.accessed();
            store.save(found);
            if (store.renewId(found)) {
                used = found;
            }
        }
        throw new AssertionError("a session that is used for ever lives for ever");
    }

    /** "Manual Session Expiration": logout ends the session at the server, for all who hold it. */
    @Test
    void logoutKillsEverywhere() {
        Session session = saved();
        Session elsewhere = Objects.requireNonNull(store.find(session.id()));

        store.invalidate(session);

        assertThat(store.find(session.id())).isNull();
        elsewhere.attribute("a", 1);
        assertThat(store.save(elsewhere)).isEqualTo(SaveResult.GONE);
    }

    /** "Logging Sessions Life Cycle": not the id, a salted hash of it at most. */
    @Test
    void idIsInNoTextThatTheStoreMakes() {
        // whatever other threads of this JVM log comes here, too
        List<String> texts = new CopyOnWriteArrayList<>();
        Logger root = Logger.getLogger("");
        Handler noting = noting(texts);
        Level before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(noting);
        try {
            Session session = saved();
            texts.add(session.toString());
            session.attribute("a", "x".repeat(2_000));
            texts.add(textOf(() -> store.save(session)));
            session.attribute("a", new Object());
            texts.add(textOf(() -> store.save(session)));
            failing.cache().put(session.key(), new byte[] {1, 2, 3});
            assertThat(store.find(session.id())).isNull();
            failing.away(true);
            texts.add(textOf(() -> store.find(session.id())));
            texts.add(textOf(() -> store.invalidate(session)));

            assertThat(texts).hasSizeGreaterThanOrEqualTo(5).noneMatch(text -> text.contains(session.id()));
        } finally {
            root.removeHandler(noting);
            root.setLevel(before);
        }
    }

    private static Handler noting(List<String> texts) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                texts.add(record.getMessage() + (record.getThrown() == null ? "" : stackOf(record.getThrown())));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static String textOf(Runnable action) {
        List<Throwable> thrown = new ArrayList<>();
        assertThatThrownBy(action::run).satisfies(thrown::add);
        return stackOf(thrown.get(0));
    }

    private static String stackOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
