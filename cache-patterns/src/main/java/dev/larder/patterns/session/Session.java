package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Changes;
import dev.larder.patterns.session.internal.record.SessionRecord;
import dev.larder.patterns.session.internal.record.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session as one request sees it. What the request changes is stored by {@link SessionStore#save}; what other requests change meanwhile is not seen.
 *
 * <p>Safe for use by many threads. It shows its id nowhere but in {@link #id}.
 */
public final class Session {

    private final SessionRules rules;
    private final SessionAttributes attributes;

    private volatile @Nullable String id;
    private volatile String key;
    private volatile Times times;
    private volatile Map<String, String> indexes;
    private volatile long accessedMillis;
    private volatile @Nullable Long newIdleMillis;
    private volatile boolean isNew;
    private volatile boolean hasEnded;

    Session(
            @Nullable String id,
            String key,
            SessionRecord record,
            boolean isNew,
            SessionRules rules,
            AttributeRules attributeRules,
            Events events) {
        this.id = id;
        this.key = key;
        this.times = record.times();
        this.accessedMillis = times.accessed();
        this.isNew = isNew;
        this.rules = rules;
        this.indexes = record.indexes();
        this.attributes = new SessionAttributes(
                record.attributes(), attributeRules, (name, reason) -> events.unreadable(this.key, name, reason));
    }

    /**
     * Returns the id, which is for the client and for nobody else.
     *
     * @throws IllegalStateException if it is not known, because the session was found by its key or an index
     */
    public String id() {
        String known = id;
        if (known == null) {
            throw new IllegalStateException(
                    "the id of a session that was found by its key or an index is not known: only its hash is stored");
        }
        return known;
    }

    /** Returns the id, or null if it is not known. */
    @Nullable
    String knownId() {
        return id;
    }

    /** Returns the key under which it is stored, a hash of the id. With it the session can be ended but not used. */
    public String key() {
        return key;
    }

    /** Whether it was never stored. */
    public boolean isNew() {
        return isNew;
    }

    /** Whether it has not ended, as far as this object has learnt, and its time is not over. */
    public boolean isValid() {
        return !hasEnded && rules.clock().millis() < currentTimes().deadline();
    }

    /** Returns when it began. */
    public Instant createdAt() {
        return Instant.ofEpochMilli(times.created());
    }

    /** Returns its last access that was stored, which is that of an earlier request. It may be late by a tenth of the idle timeout, and by a minute at most. */
    public Instant lastAccessedAt() {
        return Instant.ofEpochMilli(times.accessed());
    }

    /** Returns when it ends however much it is used, or null. */
    public @Nullable Instant absoluteDeadline() {
        return times.ends() == Times.NEVER ? null : Instant.ofEpochMilli(times.ends());
    }

    /** Returns how long it lives without an access; zero is for ever. */
    public Duration idleTimeout() {
        return Duration.ofMillis(Math.max(0, currentTimes().idle()));
    }

    /** Sets how long it lives without an access; zero or less is for ever, or until {@link #absoluteDeadline}. */
    public void idleTimeout(Duration timeout) {
        newIdleMillis = Math.max(0, Durations.millis(timeout));
    }

    /** Notes that the request uses the session now, which moves its deadline when it is saved. */
    public void accessed() {
        accessedMillis = Math.max(accessedMillis, rules.clock().millis());
    }

    /** Returns an attribute, or null if there is none or it cannot be read. The same object each time. */
    public @Nullable Object attribute(String name) {
        return attributes.get(Objects.requireNonNull(name, "name"));
    }

    /** Sets an attribute; null removes it. It becomes bytes only when the session is saved. */
    public void attribute(String name, @Nullable Object value) {
        attributes.set(Objects.requireNonNull(name, "name"), value);
    }

    /** Removes an attribute. */
    public void removeAttribute(String name) {
        attribute(name, null);
    }

    /** Returns the names of the attributes that can be read. */
    public Set<String> attributeNames() {
        return attributes.names();
    }

    /** Whether there is something to save besides the access. */
    public boolean isChanged() {
        return newIdleMillis != null || attributes.isChanged();
    }

    /** Forgets what was changed since it was found or saved last. Attributes are read anew, as they were then. */
    public void revert() {
        newIdleMillis = null;
        attributes.revert();
    }

    /** Whether its id is older than {@link SessionStoreBuilder#renewIdAfter} wants; see {@link SessionStore#renewId}. */
    public boolean needsRenewal() {
        return rules.isRenewalDue(times);
    }

    private Times currentTimes() {
        Long idle = newIdleMillis;
        Times accessed = times.accessedAt(accessedMillis);
        return idle == null ? accessed : accessed.withIdle(idle);
    }

    /** Returns the times that it will have when it is saved. */
    Times timesToStore() {
        return currentTimes();
    }

    Changes changes() {
        return attributes.changes();
    }

    Times times() {
        return times;
    }

    /** Returns its values in the indexes, as they were stored. */
    Map<String, String> indexes() {
        return indexes;
    }

    long accessedMillis() {
        return accessedMillis;
    }

    @Nullable
    Long newIdleMillis() {
        return newIdleMillis;
    }

    boolean isAccessWorthWriting() {
        return rules.isWorthWriting(accessedMillis, times);
    }

    boolean hasEnded() {
        return hasEnded;
    }

    /** Takes note of what was stored. */
    void saved(Changes changes, @Nullable Long idleMillis, SessionRecord record) {
        isNew = false;
        attributes.saved(changes);
        times = record.times();
        indexes = record.indexes();
        if (Objects.equals(idleMillis, newIdleMillis)) {
            newIdleMillis = null;
        }
    }

    /** Takes note that it has another id. */
    void renamed(String newId, String newKey) {
        id = newId;
        key = newKey;
        times = times.renewedAt(rules.clock().millis());
    }

    /** Takes note that another request gave it another id, which only that one knows. */
    void movedTo(String newKey) {
        key = newKey;
    }

    /** Takes note that there is no such session any more. */
    void ended() {
        hasEnded = true;
    }

    @Override
    public String toString() {
        return "session created " + createdAt() + (isNew ? ", new" : "") + (hasEnded ? ", ended" : "");
    }
}
