package dev.larder.spring.session;

import dev.larder.patterns.session.SessionStoreException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** The request that a thread serves: its session, once it was asked for, and how it is answered. For that thread only. */
final class CurrentRequest {

    private final HttpServletResponse response;
    private @Nullable LarderSession session;
    private @Nullable SessionStoreException failure;

    CurrentRequest(HttpServletResponse response) {
        this.response = response;
    }

    /** Returns whether the client can be told of another id: once the response is on its way, it can carry no cookie. */
    boolean canTellClient() {
        return !response.isCommitted();
    }

    /** Remembers that the session could not be stored. */
    void failed(SessionStoreException newFailure) {
        this.failure = newFailure;
    }

    /** Spares a request whose session could not be stored to wait for the store once more. */
    void requireNotFailed() {
        SessionStoreException known = failure;
        if (known != null) {
            throw known;
        }
    }

    void use(@Nullable LarderSession newSession) {
        this.session = newSession;
    }

    /** Returns the session that was found or begun, or null. */
    @Nullable
    LarderSession session() {
        return session;
    }

    /** Returns the session of the request if it has that id and has not ended. */
    @Nullable
    LarderSession session(String id) {
        LarderSession known = session;
        return known != null && known.getId().equals(id) && !known.isExpired() ? known : null;
    }
}
