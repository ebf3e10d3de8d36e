package dev.larder.spring.session;

import dev.larder.patterns.session.Session;
import dev.larder.spring.session.SessionsInUse.HeldId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session of Spring, kept by a {@link LarderSessionRepository}.
 *
 * <p>Its id is the one that the client has, or, if the session was found by its user and no request of this JVM has it in hand, a
 * handle: a name with a dot in it that the repository takes for an id, and that means nothing to another JVM or to a client.
 * Attributes may be read and written by many threads.
 */
public final class LarderSession implements org.springframework.session.Session {

    /** What Spring calls no timeout. For the store it is zero, which for Spring is the end. */
    private static final Duration NEVER = Duration.ofSeconds(-1);

    private final LarderSessionRepository repository;
    private final Session session;

    /** What the session is called if its id is not known. */
    private final String handle;

    private volatile @Nullable HeldId id;
    private volatile boolean ended;

    LarderSession(LarderSessionRepository repository, Session session, String handle, @Nullable HeldId id) {
        this.repository = repository;
        this.session = session;
        this.handle = handle;
        this.id = id;
    }

    Session stored() {
        return session;
    }

    /** Returns whether the session ends when it is saved, because it was given no time to be inactive. */
    boolean isEnded() {
        return ended;
    }

    void becomes(HeldId newId) {
        this.id = newId;
    }

    @Override
    public String getId() {
        HeldId known = id;
        return known == null ? handle : known.id();
    }

    /** Gives the session another id at once, not when it is saved: from now on the old one opens nothing. */
    @Override
    public String changeSessionId() {
        repository.rotateId(this);
        return getId();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // The caller says of which type it is, as in Spring's other sessions.
    public <T> @Nullable T getAttribute(String attributeName) {
        return (T) session.attribute(attributeName);
    }

    @Override
    public Set<String> getAttributeNames() {
        return session.attributeNames();
    }

    @Override
    public void setAttribute(String attributeName, @Nullable Object attributeValue) {
        session.attribute(attributeName, attributeValue);
        repository.changed(this);
    }

    @Override
    public void removeAttribute(String attributeName) {
        session.removeAttribute(attributeName);
        repository.changed(this);
    }

    @Override
    public Instant getCreationTime() {
        return session.createdAt();
    }

    /** Says that a request uses the session now; the time given is not looked at, the clock of the store is. */
    @Override
    public void setLastAccessedTime(Instant lastAccessedTime) {
        session.accessed();
    }

    @Override
    public Instant getLastAccessedTime() {
        return session.lastAccessedAt();
    }

    /** {@inheritDoc} With zero it ends when it is saved. */
    @Override
    public void setMaxInactiveInterval(Duration interval) {
        ended = interval.isZero();
        if (!ended) {
            session.idleTimeout(interval);
        }
        repository.changed(this);
    }

    @Override
    public Duration getMaxInactiveInterval() {
        if (ended) {
            return Duration.ZERO;
        }
        Duration timeout = session.idleTimeout();
        return timeout.isZero() ? NEVER : timeout;
    }

    @Override
    public boolean isExpired() {
        return ended || !session.isValid();
    }

    @Override
    public String toString() {
        return "a session, created at " + getCreationTime();
    }
}
