package dev.larder.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Which of what a client sent is worth asking the store for. */
final class RequestedIds {

    /** A client may have cookies of one name for several paths and domains; each one that looks right costs a request to the store. */
    private static final int MOST = 3;

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z._~-]{16,256}");

    private RequestedIds() {}

    static List<String> of(HttpServletRequest request, SessionTracking tracking) {
        return tracking.requestedIds(request).stream()
                .filter(id -> ID.matcher(id).matches())
                .distinct()
                .limit(MOST)
                .toList();
    }
}
