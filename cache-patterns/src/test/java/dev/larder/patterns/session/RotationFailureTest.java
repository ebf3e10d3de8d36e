package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.Provider;
import dev.larder.patterns.session.internal.index.MoveMember;
import dev.larder.patterns.session.internal.record.Activate;
import dev.larder.patterns.session.internal.record.Leave;
import dev.larder.patterns.session.internal.record.Prepare;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache that fails while a session is given another id. */
class RotationFailureTest {

    private final CacheManager manager = Provider.LARDER.newManager();
    private final FailingCache sessions =
            new FailingCache(manager.createCache("sessions", new MutableConfiguration<>()));
    private final FailingCache index = new FailingCache(manager.createCache("index", new MutableConfiguration<>()));
    private final StillClock clock = new StillClock();
    private final SessionStore store = SessionStore.over(sessions.cache())
            .indexCache(index.cache())
            .index("user")
            .clock(clock)
            .build();
    private final Session session = saved();
    private final String oldId = session.id();

    @AfterEach
    void close() {
        manager.close();
    }

    private Session saved() {
        Session begun = store.create();
        begun.attribute("user", "ann");
        store.save(begun);
        return begun;
    }

    private void assertThatTheSessionIsThere() {
        assertThat(store.find(session.id())).as("the session, by the id it has").isNotNull();
        assertThat(store.findByIndex("user", "ann")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(classes = {Leave.class, Activate.class})
    void lostAnswerOfASessionIsAskedForAgain(Class<?> step) {
        sessions.loseAnswers(step, 1);

        store.rotateId(session);

        assertThat(session.id()).isNotEqualTo(oldId);
        assertThat(store.find(oldId)).isNull();
        assertThatTheSessionIsThere();
    }

    @Test
    void lostAnswerOfAnIndexIsAskedForAgain() {
        List<Session> before = List.of(session, saved());
        index.loseAnswers(MoveMember.class, 1);

        store.rotateId(session);

        assertThat(store.findByIndex("user", "ann"))
                .as("the sessions, in the order in which they began")
                .extracting(Session::key)
                .containsExactlyElementsOf(before.stream().map(Session::key).toList());
    }

    @Test
    void sessionThatCannotBeCopiedKeepsItsId() {
        sessions.loseAnswers(Prepare.class, 1);

        assertThatThrownBy(() -> store.rotateId(session)).isInstanceOf(SessionStoreException.class);

        assertThat(session.id()).isEqualTo(oldId);
        assertThatTheSessionIsThere();
    }

    @Test
    void sessionHasItsNewIdThoughTheIndexIsAway() {
        index.away(true);

        assertThatThrownBy(() -> store.rotateId(session)).isInstanceOf(SessionStoreException.class);

        assertThat(session.id()).isNotEqualTo(oldId);
        Session found = Objects.requireNonNull(store.find(session.id()), "the session");
        assertThat(found.attribute("user")).isEqualTo("ann");
        assertThat(store.find(oldId)).isNull();
    }

    @Test
    void sessionKnowsItsNewIdThoughNobodySaysThatItIsValid() {
        sessions.loseAnswers(Activate.class, 2);

        assertThatThrownBy(() -> store.rotateId(session)).isInstanceOf(SessionStoreException.class);

        assertThatTheSessionIsThere();
    }

    @Test
    void sessionMovesThoughNobodySaysThatItsOldIdIsDead() {
        sessions.loseAnswers(Leave.class, 2);

        store.rotateId(session);

        assertThat(session.id()).isNotEqualTo(oldId);
        assertThat(store.find(oldId)).isNull();
        assertThatTheSessionIsThere();
    }

    @Test
    void renewalThatFailsHalfWaySaysThatTheSessionHasANewId() {
        SessionStore reading = SessionStore.over(sessions.cache())
                .clock(clock)
                .renewIdAfter(Duration.ofMinutes(10))
                .whenStoreFails(WhenStoreFails.READ_ONLY)
                .build();
        clock.advance(Duration.ofMinutes(10));
        Session found = Objects.requireNonNull(reading.find(oldId), "the session");
        sessions.loseAnswers(Activate.class, 2);

        assertThat(reading.renewId(found)).as("whether it has a new id").isTrue();

        assertThat(found.id()).isNotEqualTo(oldId);
    }
}
