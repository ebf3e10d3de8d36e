package dev.larder.servlet;

import dev.larder.patterns.session.SessionStoreException;
import dev.larder.patterns.session.TooManySessionsException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told of a session that could not be had or stored, where the application does not say it.
 *
 * @param tooManySessions the status for a session that was refused because there are too many like it
 */
record FailureAnswers(int tooManySessions) {

    /** 429 by default: 403 is what is answered for missing permissions and forged requests, and applications have pages for that. */
    static final FailureAnswers DEFAULT = new FailureAnswers(429);

    private static final int NONE = 0;
    private static final int DEEPEST = 20;

    FailureAnswers {
        if (tooManySessions < 400 || tooManySessions > 599) {
            throw new IllegalArgumentException(
                    "tooManySessionsStatus must be an error's, from 400 to 599: " + tooManySessions);
        }
    }

    /**
     * Returns the failure for which there is a status: this one, or what a framework has wrapped in a {@code ServletException}. Null if there is none: it is
     * the container's to answer.
     */
    @Nullable
    RuntimeException refusalIn(Exception failure) {
        Stream<Throwable> candidates = failure instanceof ServletException ? causesOf(failure) : Stream.of(failure);
        return candidates
                .filter(each -> each instanceof RuntimeException known && statusOf(known) != NONE)
                .map(RuntimeException.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** So many as there can be in earnest: causes may go round in a circle. */
    private static Stream<Throwable> causesOf(Throwable failure) {
        return Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST);
    }

    /** Says it by the status, while that is possible. The application's own error page, if any, is shown. */
    void answer(RuntimeException failure, HttpServletResponse response, ServletContext context) throws IOException {
        int status = statusOf(failure);
        if (status == NONE) {
            status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            context.log("a session could not be stored", failure);
        } else {
            context.log(line(status, failure));
        }
        if (!response.isCommitted()) {
            response.sendError(status);
        }
    }

    /** Without the stack, which says no more than that a request asked for its session, and of which there would be one for each request. */
    private static String line(int status, RuntimeException failure) {
        Throwable cause = failure.getCause();
        return "answered " + status + ": " + failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    }

    private int statusOf(RuntimeException failure) {
        if (failure instanceof SessionStoreException) {
            return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }
        if (failure instanceof SessionConflictException) {
            return HttpServletResponse.SC_CONFLICT;
        }
        return failure instanceof TooManySessionsException ? tooManySessions : NONE;
    }
}
