package dev.larder.spring.session;

import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.events.AbstractSessionEvent;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

/** Publishes what happens to sessions as the events of Spring Session. A listener that fails is logged, and fails no request. */
final class SpringSessionEvents implements SessionListener {

    private static final Logger LOGGER = System.getLogger(LarderSessionRepository.class.getName());

    private final Object source;
    private final Function<Session, LarderSession> view;
    private final ApplicationEventPublisher publisher;

    SpringSessionEvents(Object source, Function<Session, LarderSession> view, ApplicationEventPublisher publisher) {
        this.source = source;
        this.view = view;
        this.publisher = publisher;
    }

    @Override
    public void created(Session session) {
        publish(new SessionCreatedEvent(source, view.apply(session)));
    }

    @Override
    public void destroyed(Session session, Reason reason) {
        LarderSession seen = view.apply(session);
        publish(
                reason == Reason.EXPIRED
                        ? new SessionExpiredEvent(source, seen)
                        : new SessionDeletedEvent(source, seen));
    }

    private void publish(AbstractSessionEvent event) {
        try {
            publisher.publishEvent(event);
        } catch (RuntimeException e) {
            // Without the event: its text could have the id in it.
            LOGGER.log(Level.ERROR, "a listener of " + event.getClass().getSimpleName() + " failed", e);
        }
    }
}
