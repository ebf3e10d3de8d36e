package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.session.events.AbstractSessionEvent;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

class SessionEventsTest {

    private final Fleet fleet = new Fleet(Provider.LARDER);
    private final LarderSessionRepository sessions = fleet.instance();

    @AfterEach
    void close() {
        sessions.close();
        fleet.close();
    }

    private LarderSession saved() {
        LarderSession session = sessions.createSession();
        session.setAttribute("color", "green");
        sessions.save(session);
        return session;
    }

    @Test
    void creationIsToldWhenTheSessionIsSaved() {
        LarderSession session = sessions.createSession();
        assertThat(fleet.events).isEmpty();

        sessions.save(session);
        sessions.save(session);

        AbstractSessionEvent event = onlyEvent(SessionCreatedEvent.class);
        assertThat(event.getSessionId()).isEqualTo(session.getId());
    }

    @Test
    void deletionIsToldWithWhatTheSessionHeld() {
        LarderSession session = saved();
        fleet.events.clear();

        sessions.deleteById(session.getId());

        AbstractSessionEvent event = onlyEvent(SessionDeletedEvent.class);
        assertThat(event.getSessionId()).isEqualTo(session.getId());
        assertThat(event.getSession().<String>getAttribute("color")).isEqualTo("green");
    }

    @Test
    void expiryIsToldWhenItIsFound() {
        LarderSession session = saved();
        fleet.events.clear();
        fleet.clock.advance(Duration.ofHours(1));

        sessions.findById(session.getId());

        AbstractSessionEvent event = onlyEvent(SessionExpiredEvent.class);
        assertThat(event.getSession().<String>getAttribute("color")).isEqualTo("green");
    }

    @Test
    void listenerThatFailsFailsNothingElse() {
        LarderSessionRepository unlucky = fleet.instance(
                store -> {},
                builder -> builder.events(event -> {
                    throw new IllegalStateException("unlucky");
                }));
        LarderSession session = unlucky.createSession();

        unlucky.save(session);

        assertThat(sessions.findById(session.getId())).isNotNull();
        unlucky.close();
    }

    private AbstractSessionEvent onlyEvent(Class<? extends AbstractSessionEvent> type) {
        assertThat(fleet.events).singleElement().isInstanceOf(type);
        return type.cast(fleet.events.get(0));
    }
}
