package dev.larder.spring.session;

import dev.larder.patterns.session.SaveResult;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.patterns.session.SessionStoreException;
import dev.larder.patterns.session.TooManySessionsException;
import dev.larder.spring.session.SessionsInUse.HeldId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.FlushMode;

/**
 * Sessions of Spring in a {@link SessionStore}, which keeps them in a cache of any JCache provider.
 *
 * <pre>{@code
 * LarderSessionRepository sessions = LarderSessionRepository.builder(SessionStore.in(cacheManager, "sessions"))
 *         .events(applicationEventPublisher)
 *         .build();
 * }</pre>
 *
 * <p>A save writes what was changed and nothing else, never brings back a session that was deleted, and is no error if it was. A
 * session or attribute that cannot be read is one that is not there. If the cache fails, the methods throw
 * {@link dev.larder.patterns.session.SessionStoreException}, unless the store is told to do something else. Safe for use by many
 * threads.
 *
 * <p>The store knows the SHA-256 of ids alone. Sessions that are found by an index are therefore named by their id if a request of
 * this JVM has them in hand, else by a handle, which {@link #findById} and {@link #deleteById} of this object take for an id.
 * Let handles stay inside the JVM: the filter of {@link EnableLarderHttpSession} takes none from clients.
 */
public final class LarderSessionRepository implements FindByIndexNameSessionRepository<LarderSession>, AutoCloseable {

    private static final Logger LOGGER = System.getLogger(LarderSessionRepository.class.getName());

    private final SessionStore store;
    private final Set<String> indexes;
    private final FlushMode flushMode;
    private final SessionHandles handles;
    private final SessionsInUse inUse = new SessionsInUse();

    LarderSessionRepository(LarderSessionRepositoryBuilder settings) {
        this.handles = settings.handles();
        this.indexes = settings.indexes();
        this.flushMode = settings.flushMode();
        this.store = settings.buildStore(this);
    }

    /** Returns what builds a repository over the store that the argument builds; set up there what is no matter of Spring. */
    public static LarderSessionRepositoryBuilder builder(SessionStoreBuilder store) {
        return new LarderSessionRepositoryBuilder(store);
    }

    @Override
    public LarderSession createSession() {
        LarderSession session = known(store.create());
        changed(session);
        return session;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if another request changed the same attribute, and the store was told to compare
     * @throws org.springframework.security.web.authentication.session.SessionAuthenticationException if the user has as many sessions as he may, and new ones are refused;
     *     without Spring Security it is a {@link TooManySessionsException}. The session then is as it was stored last, and can be saved with other changes
     */
    @Override
    public void save(LarderSession session) {
        if (session.isEnded()) {
            store.invalidate(session.stored());
        } else if (save(session.stored()) == SaveResult.CONFLICT) {
            throw new IllegalStateException(
                    "another request changed an attribute of the session that this one changed, too");
        }
    }

    private SaveResult save(Session session) {
        try {
            return store.save(session);
        } catch (TooManySessionsException e) {
            session.revert(); // or each further save of this request, such as that of why the login failed, would be
            // refused
            throw Refusal.of(e);
        }
    }

    @Override
    public @Nullable LarderSession findById(String id) {
        if (SessionHandles.isHandle(id)) {
            String key = handles.keyOf(id);
            Session found = key == null ? null : store.findByKey(key);
            return found == null ? null : named(found);
        }
        Session found = store.find(id);
        return found == null ? null : known(found);
    }

    @Override
    public void deleteById(String id) {
        if (!SessionHandles.isHandle(id)) {
            store.invalidate(id);
            return;
        }
        String key = handles.keyOf(id);
        if (key != null) {
            store.invalidateByKey(key);
        }
    }

    /** {@inheritDoc} An index that this repository does not have finds nothing. */
    @Override
    public Map<String, LarderSession> findByIndexNameAndIndexValue(String indexName, String indexValue) {
        Map<String, LarderSession> found = new LinkedHashMap<>();
        if (indexes.contains(indexName)) {
            for (Session session : store.findByIndex(indexName, indexValue)) {
                LarderSession named = named(session);
                found.put(named.getId(), named);
            }
        }
        return found;
    }

    /** Returns the store beneath. */
    public SessionStore store() {
        return store;
    }

    /** Closes the store, and leaves its cache open. */
    @Override
    public void close() {
        store.close();
    }

    /** Called after each change of a session. */
    void changed(LarderSession session) {
        if (flushMode == FlushMode.IMMEDIATE) {
            save(session);
        }
    }

    /** Gives the session another id. If that fails half way it may have it all the same, and the client is to be told. */
    void rotateId(LarderSession session) {
        try {
            store.rotateId(session.stored());
        } finally {
            session.becomes(idOf(session.stored()));
        }
    }

    /**
     * Gives the session another id if it is time; not if another request does, whose client is the same. A request that has stored all it wanted does not fail for this; if it fails half way, the
     * session may have the new id all the same, and the client is to be told.
     */
    void renewId(LarderSession session) {
        if (session.isEnded() || !session.stored().needsRenewal()) {
            return;
        }
        Session stored = session.stored();
        String oldId = knownId(stored);
        try {
            store.renewId(stored);
        } catch (SessionStoreException e) {
            LOGGER.log(Level.WARNING, "it is not certain that the id of a session was renewed: " + e.getMessage());
        } finally {
            if (!Objects.equals(knownId(stored), oldId)) {
                session.becomes(idOf(stored));
            }
        }
    }

    /** Returns null for a session that was found by its user. */
    private static @Nullable String knownId(Session session) {
        try {
            return session.id();
        } catch (IllegalStateException unknown) {
            return null;
        }
    }

    /** Returns the session as Spring sees it: named by its id if that is known here, else by a handle. */
    LarderSession named(Session session) {
        String key = session.key();
        return new LarderSession(this, session, handles.handleOf(key), inUse.find(key));
    }

    private LarderSession known(Session session) {
        return new LarderSession(this, session, session.id(), idOf(session));
    }

    /** Returns the id, and makes it known here; but not a former one, which leads to the session for a moment and is not its name. */
    private HeldId idOf(Session session) {
        String id = session.id();
        String key = session.key();
        return store.keyOf(id).equals(key) ? inUse.hold(key, id) : new HeldId(id);
    }
}
