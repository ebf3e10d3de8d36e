package dev.larder.spring.session;

import dev.larder.patterns.session.SessionStoreException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * The sessions as the filter of requests has them, which gets ids from clients.
 *
 * <ul>
 *   <li>A handle is no id here.
 *   <li>An id that is due to be renewed is, if the client can still be told.
 *   <li>A request finds its session once: Spring's filter asks for it again when a response ends that was committed before.
 * </ul>
 *
 * <p>Safe for use by many threads.
 */
final class ClientSessions implements FindByIndexNameSessionRepository<LarderSession> {

    private final LarderSessionRepository sessions;

    @SuppressWarnings("ThreadLocalUsage") // One for each application, and emptied after each request.
    private final ThreadLocal<CurrentRequest> current = new ThreadLocal<>();

    ClientSessions(LarderSessionRepository sessions) {
        this.sessions = sessions;
    }

    /** Remembers which request this thread serves, until it is told {@code null}; returns what it was told before. */
    @Nullable
    CurrentRequest serve(@Nullable CurrentRequest request) {
        CurrentRequest before = current.get();
        if (request == null) {
            current.remove();
        } else {
            current.set(request);
        }
        return before;
    }

    @Override
    public LarderSession createSession() {
        LarderSession created = sessions.createSession();
        CurrentRequest request = current.get();
        if (request != null) {
            request.use(created);
        }
        return created;
    }

    /** Saves the session of the request, if it has one, while it can still be answered that it was refused. */
    void saveCurrent() {
        CurrentRequest request = current.get();
        if (request == null || !request.canTellClient()) {
            return;
        }
        LarderSession session = request.session();
        try {
            if (session != null) {
                sessions.save(session);
            }
        } catch (SessionStoreException e) {
            request.failed(e); // Spring's filter saves once more, which would take as long
            throw e;
        }
    }

    /**
     * {@inheritDoc} Only what is saved is given another id, as Spring tells no client of one if this fails. A thread that does not serve the request can tell its client
     * nothing.
     */
    @Override
    public void save(LarderSession session) {
        CurrentRequest request = current.get();
        if (request != null) {
            request.requireNotFailed();
        }
        sessions.save(session);
        if (request != null && request.canTellClient()) {
            sessions.renewId(session);
        }
    }

    @Override
    public @Nullable LarderSession findById(String id) {
        CurrentRequest request = current.get();
        LarderSession known = request == null ? null : request.session(id);
        return known == null ? find(id, request) : known;
    }

    private @Nullable LarderSession find(String id, @Nullable CurrentRequest request) {
        LarderSession found = SessionHandles.isHandle(id) ? null : sessions.findById(id);
        if (request != null) {
            request.use(found);
        }
        return found;
    }

    @Override
    public void deleteById(String id) {
        CurrentRequest request = current.get();
        if (request != null) {
            request.use(null);
        }
        if (!SessionHandles.isHandle(id)) {
            sessions.deleteById(id);
        }
    }

    @Override
    public Map<String, LarderSession> findByIndexNameAndIndexValue(String indexName, String indexValue) {
        return sessions.findByIndexNameAndIndexValue(indexName, indexValue);
    }
}
