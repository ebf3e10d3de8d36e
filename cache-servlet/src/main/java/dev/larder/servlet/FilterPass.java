package dev.larder.servlet;

import dev.larder.patterns.session.SessionStoreException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One dispatch of a request by the container. At its end the session is stored, unless others go on with the request. */
final class FilterPass {

    private final RequestSession session;
    private final ServletContext context;

    FilterPass(RequestSession session, ServletContext context) {
        this.session = session;
        this.context = context;
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
        } catch (SessionStoreException e) {
            answer(HttpServletResponse.SC_SERVICE_UNAVAILABLE, e, response);
        } catch (SessionConflictException e) {
            answer(HttpServletResponse.SC_CONFLICT, e, response);
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
            session.save();
        }
    }

    /** Says it by the status, while that is possible. The application's own error page, if any, is shown. */
    private void answer(int status, RuntimeException failure, HttpServletResponse response) throws IOException {
        context.log("answered " + status + ": " + failure.getMessage(), failure);
        if (!response.isCommitted()) {
            response.sendError(status);
        }
    }
}
