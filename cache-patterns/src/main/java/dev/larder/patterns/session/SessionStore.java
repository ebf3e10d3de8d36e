package dev.larder.patterns.session;

import dev.larder.patterns.session.SessionListener.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions of users in a cache of any JCache provider. A user who logs in at one instance can carry on at any other.
 *
 * <pre>{@code
 * SessionStore store = SessionStore.in(manager, "sessions").idleTimeout(Duration.ofMinutes(20)).build();
 *
 * Session session = store.create();
 * session.attribute("user", "ann");
 * store.save(session);
 * String id = session.id(); // for the client's cookie
 *
 * Session again = store.find(id); // at any instance, in a later request
 * again.accessed();
 * again.attribute("page", 7);
 * store.save(again);
 * }</pre>
 *
 * <p>Requests that change different attributes of a session at a time both succeed. A session that has ended stays so, whatever requests that are under way still save. Ids are stored nowhere: the
 * cache has their SHA-256.
 *
 * <p>Safe for use by many threads. Methods throw {@link SessionStoreException} if the cache fails; see {@link SessionStoreBuilder#whenStoreFails}.
 */
public final class SessionStore implements AutoCloseable {

    private final Sessions sessions;
    private final Finding finding;
    private final Crowding crowding;
    private final Saving saving;
    private final Rotation rotation;
    private final Ending ending;
    private final Sweeping sweeping;
    private final @Nullable SweepThread sweepThread;
    private final boolean goesOnReading;

    SessionStore(SessionStoreBuilder builder) {
        sessions = builder.sessions();
        Indexes indexes = builder.indexes();
        Records records = builder.records(indexes);
        finding = new Finding(records, sessions, indexes);
        ending = new Ending(records, sessions, indexes);
        crowding = new Crowding(records, finding, ending, indexes, builder.limits());
        saving = new Saving(records, sessions, indexes, crowding, ending, builder.maxSessionBytes());
        rotation = new Rotation(records, finding, sessions, indexes);
        sweeping = new Sweeping(builder.cache(), finding);
        builder.caches().forEach(CacheAdvice::log);
        goesOnReading = builder.whenStoreFails() == WhenStoreFails.READ_ONLY;
        Duration sweepEvery = builder.sweepEvery();
        sweepThread = sweepEvery == null ? null : new SweepThread(sweeping, sweepEvery);
    }

    /** Starts a store that keeps sessions in this cache, which has nothing else in it. An index needs a second cache, see {@link SessionStoreBuilder#indexCache}. */
    public static SessionStoreBuilder over(Cache<String, byte[]> sessions) {
        return new SessionStoreBuilder(Objects.requireNonNull(sessions, "sessions"), null);
    }

    /**
     * Starts a store that keeps sessions in the cache of that name, and indexes in one with {@code .index} behind the name. Caches that are not there are made when the store is built, with a
     * {@code MutableConfiguration} of {@code String} and {@code byte[]}.
     */
    public static SessionStoreBuilder in(CacheManager manager, String name) {
        return new SessionStoreBuilder(
                Objects.requireNonNull(manager, "manager"), Objects.requireNonNull(name, "name"));
    }

    /** Returns a new session, with a new id. Nothing is stored before it is saved. */
    public Session create() {
        return sessions.begun();
    }

    /**
     * Returns the session of an id that a client sent, or null if there is none, it has ended, or it cannot be read. Asks the cache once, and not at all for what cannot be an id.
     */
    public @Nullable Session find(String id) {
        return sessions.ids().isPlausible(id) ? finding.find(id, Keys.ofId(id)) : null;
    }

    /**
     * Stores what was changed in a session, and its access if that is worth it. What others changed meanwhile in other attributes stays.
     *
     * @throws SessionTooLargeException if it or an attribute is too large; nothing is stored
     * @throws TooManySessionsException if there are too many like it; nothing is stored
     * @throws IllegalArgumentException if the codec does not know an attribute's class; nothing is stored
     */
    public SaveResult save(Session session) {
        try {
            return saving.save(session);
        } catch (SessionStoreException e) {
            if (goesOnReading && !session.isNew() && !session.isChanged()) {
                return SaveResult
                        .UNCHANGED; // An access that is not noted is no reason to refuse a page that only reads.
            }
            throw e;
        }
    }

    /**
     * Gives a session a new id, which no other request has seen, as is to be done whenever a user logs in. The old id is dead when this returns, and there is no moment in which both are valid. What other requests still save under
     * the old one is merged into the session. Changes of this request are not stored by this.
     *
     * <p>If the session has ended meanwhile it is not valid afterwards, and keeps its id. If this throws a {@link SessionStoreException}, {@link Session#id} tells which id it has, the old or the new
     * one, of which the client is to be told.
     */
    public void rotateId(Session session) {
        if (session.isNew()) {
            String id = sessions.ids().newId();
            session.renamed(id, Keys.ofId(id));
        } else {
            rotation.rotate(session, true);
        }
    }

    /**
     * Gives a session a new id if it is {@link Session#needsRenewal due}, unless another request does so at the same time: then this one goes on with the session and leaves the client to the other.
     *
     * <p>The old id still leads to the session for a moment, see {@link SessionStoreBuilder#renewalGrace}.
     *
     * <p>If this throws a {@link SessionStoreException}, {@link Session#id} tells which id it has, the old or the new one, of which the client is to be told.
     *
     * @return whether it has a new id, of which the client is to be told
     */
    public boolean renewId(Session session) {
        if (session.isNew() || !session.needsRenewal()) {
            return false;
        }
        String oldId = session.knownId();
        try {
            return rotation.rotate(session, false);
        } catch (SessionStoreException e) {
            if (goesOnReading) {
                return !Objects.equals(session.knownId(), oldId); // if it has none, it is due again in the next request
            }
            throw e;
        }
    }

    /** Ends a session, for all requests at all instances, also if another request gave it a new id. */
    public void invalidate(Session session) {
        session.ended();
        if (session.isNew()) {
            return; // if it is being saved at this moment, that ends it
        }
        ending.end(session.knownId(), session.key(), Reason.INVALIDATED);
    }

    /**
     * Ends the session of an id, as {@link #invalidate(Session)} does.
     *
     * @return whether it was there until now
     */
    public boolean invalidate(String id) {
        return sessions.ids().isPlausible(id) && ending.end(id, Keys.ofId(id), Reason.INVALIDATED);
    }

    /**
     * Returns the sessions that have a value in an index, in the order in which they got it. Their ids are not known.
     *
     * @throws IllegalArgumentException if there is no such index
     */
    public List<Session> findByIndex(String index, String value) {
        return crowding.find(index, value);
    }

    /** Returns the session of a {@linkplain Session#key key}, or null. Not for anything that a client sent: the key is in the cache for all to see who can read that. */
    public @Nullable Session findByKey(String key) {
        return finding.find(null, key);
    }

    /**
     * Ends the session of a {@linkplain Session#key key}.
     *
     * @return whether it was there until now
     */
    public boolean invalidateByKey(String key) {
        return ending.end(null, key, Reason.INVALIDATED);
    }

    /** Returns the key of the session of an id. */
    public String keyOf(String id) {
        return Keys.ofId(id);
    }

    /** Adds one who is told what becomes of sessions from now on. */
    public void addListener(SessionListener listener) {
        sessions.events().add(Objects.requireNonNull(listener, "listener"));
    }

    /** Takes away one who was added. */
    public void removeListener(SessionListener listener) {
        sessions.events().remove(listener);
    }

    /**
     * Looks for sessions whose time is over and tells of each, unless another instance did so before: what {@link SessionStoreBuilder#sweepEvery} does, for those who have a scheduler of their own. Looks at 10,000
     * entries; the next call goes on from there.
     *
     * @return how many ends it told
     */
    public int sweep() {
        return sweeping.sweep();
    }

    /** Ends what the store has running. The caches stay open. */
    @Override
    public void close() {
        if (sweepThread != null) {
            sweepThread.close();
        }
    }
}
