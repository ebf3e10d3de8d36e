package dev.larder.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By which ids the session of a request is asked for: those of what the client sent that are worth it, and one that the request made itself. For one thread at a time. */
final class RequestedIds {

    /** A client may have cookies of one name for several paths and domains; each one that looks right costs a request to the store. */
    private static final int MOST = 3;

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z._~-]{16,256}");

    private final HttpServletRequest request;
    private final SessionTracking tracking;

    private @Nullable List<String> sent;
    private @Nullable String found;
    private @Nullable String abandoned;

    RequestedIds(HttpServletRequest request, SessionTracking tracking) {
        this.request = request;
        this.tracking = tracking;
    }

    /** Returns all, the best first. */
    Set<String> toTry() {
        Set<String> ids = new LinkedHashSet<>();
        if (abandoned != null) {
            ids.add(abandoned);
        }
        ids.addAll(sent());
        return ids;
    }

    /** There is a session of this id. */
    void wasFound(String id) {
        if (sent().contains(id)) {
            found = id;
        }
    }

    /** Returns the id that the client sent and that had a session, or null. */
    @Nullable
    String found() {
        return found;
    }

    /** Returns the id that the client sent, or null. If it sent several, the one of its session. */
    @Nullable
    String requested() {
        if (found != null) {
            return found;
        }
        return sent().isEmpty() ? null : sent().get(0);
    }

    /**
     * The session of this id is to be asked for again, without what was changed. What the client sent may be dead since, by a login.
     *
     * @param id null for none
     */
    void abandon(@Nullable String id) {
        abandoned = id;
    }

    /** Returns the id of the session that was abandoned, or null. */
    @Nullable
    String abandoned() {
        return abandoned;
    }

    private List<String> sent() {
        if (sent == null) {
            sent = tracking.requestedIds(request).stream()
                    .filter(id -> ID.matcher(id).matches())
                    .distinct()
                    .limit(MOST)
                    .toList();
        }
        return sent;
    }
}
