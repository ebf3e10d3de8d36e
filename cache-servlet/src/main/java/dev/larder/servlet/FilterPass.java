package dev.larder.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One dispatch of a request by the container. At its end the session is stored, unless others go on with the request. */
final class FilterPass {

    private final RequestSession session;
    private final SessionSetup setup;

    FilterPass(RequestSession session, SessionSetup setup) {
        this.session = session;
        this.setup = setup;
    }

    void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (SessionRequest.isAround(request, session)) { // dispatched from an AsyncContext
                proceed(request, response, chain);
            } else {
                SessionResponse answer = new SessionResponse(response, session);
                proceed(new SessionRequest(request, session, answer), answer, chain);
            }
        } catch (RuntimeException e) {
            if (!setup.answers().has(e)) {
                throw e;
            }
            answer(setup.answers().statusOf(e), e, response);
        }
    }

    private void proceed(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error failure) {
            if (!request.isAsyncStarted()) {
                session.saveOrLog();
            }
            throw failure;
        }
        if (!request.isAsyncStarted()) {
            session.endOfDispatch();
        }
    }

    /** Says it by the status, while that is possible. The application's own error page, if any, is shown. */
    private void answer(int status, RuntimeException failure, HttpServletResponse response) throws IOException {
        Throwable cause = failure.getCause();
        String why = cause == null ? "" : ": " + cause.getMessage();
        // Without the stack, which says no more than that a request asked for its session, and of which there would be
        // one for each request.
        setup.context().log("answered " + status + ": " + failure.getMessage() + why);
        if (!response.isCommitted()) {
            response.sendError(status);
        }
    }
}
