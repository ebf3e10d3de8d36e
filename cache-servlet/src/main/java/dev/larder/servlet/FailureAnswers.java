package dev.larder.servlet;

import dev.larder.patterns.session.SessionStoreException;
import dev.larder.patterns.session.TooManySessionsException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What a client is told of a session that could not be had or stored, where the application does not say it.
 *
 * @param tooManySessions the status for a session that was refused because there are too many like it
 */
record FailureAnswers(int tooManySessions) {

    /** 429 by default: 403 is what is answered for missing permissions and forged requests, and applications have pages for that. */
    static final FailureAnswers DEFAULT = new FailureAnswers(429);

    private static final int NONE = 0;

    FailureAnswers {
        if (tooManySessions < 400 || tooManySessions > 599) {
            throw new IllegalArgumentException(
                    "tooManySessionsStatus must be an error's, from 400 to 599: " + tooManySessions);
        }
    }

    /** Whether there is a status for this failure; others are the container's to answer. */
    boolean has(RuntimeException failure) {
        return statusOf(failure) != NONE;
    }

    /** Says it by the status, while that is possible. The application's own error page, if any, is shown. */
    void answer(RuntimeException failure, HttpServletResponse response, ServletContext context) throws IOException {
        if (has(failure)) {
            log(failure, context);
        } else {
            context.log("a session could not be stored", failure);
        }
        if (!response.isCommitted()) {
            response.sendError(has(failure) ? statusOf(failure) : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    /** Without the stack, which says no more than that a request asked for its session, and of which there would be one for each request. */
    private void log(RuntimeException failure, ServletContext context) {
        Throwable cause = failure.getCause();
        String why = cause == null ? "" : ": " + cause.getMessage();
        context.log("answered " + statusOf(failure) + ": " + failure.getMessage() + why);
    }

    int statusOf(RuntimeException failure) {
        if (failure instanceof SessionStoreException) {
            return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }
        if (failure instanceof SessionConflictException) {
            return HttpServletResponse.SC_CONFLICT;
        }
        return failure instanceof TooManySessionsException ? tooManySessions : NONE;
    }
}
