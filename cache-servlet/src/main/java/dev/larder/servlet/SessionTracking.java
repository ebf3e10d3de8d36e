package dev.larder.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/**
 * How the id of a session comes with requests and goes with responses: by a cookie, or by a header for clients that are no
 * browsers. Ids are never in URLs. Safe for use by many threads.
 *
 * <p>Whoever implements it must neither log nor show ids.
 */
public interface SessionTracking {

    /** Returns the tracking by a cookie. */
    static SessionTracking byCookie(CookieSettings settings) {
        return new CookieTracking(settings);
    }

    /**
     * Returns the tracking by a header of requests and responses, for example {@code X-Auth-Token}. A response has it if the id is new, and has
     * it empty if the session has ended.
     */
    static SessionTracking byHeader(String name) {
        return new HeaderTracking(name);
    }

    /** Returns what the client sent as ids, the best first; what cannot be an id will be ignored. Empty if it sent none. */
    List<String> requestedIds(HttpServletRequest request);

    /** Gives the client an id; instead of what was said before in this response, which is not committed. */
    void send(String id, HttpServletRequest request, HttpServletResponse response);

    /**
     * Tells the client that its session has ended; instead of what was said before in this response, which is not committed.
     * If the request had no id, it is enough that the response gives none.
     */
    void end(HttpServletRequest request, HttpServletResponse response);

    /** Returns whether ids come by cookies. */
    default boolean isByCookie() {
        return false;
    }
}
