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
        } catch (ServletException | RuntimeException e) {
            RuntimeException refusal = setup.answers().refusalIn(e);
            if (refusal == null) {
                throw e;
            }
            setup.answers().answer(refusal, response, setup.context());
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
}
