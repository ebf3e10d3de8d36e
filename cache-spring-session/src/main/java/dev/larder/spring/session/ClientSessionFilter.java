package dev.larder.spring.session;

import dev.larder.patterns.session.SessionStoreException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Spring's filter, set up by Spring, with {@link ClientSessions} told of the request, and answers where sessions cannot be had or stored. */
final class ClientSessionFilter extends SessionRepositoryFilter<LarderSession> {

    private static final Logger LOGGER = System.getLogger(LarderSessionRepository.class.getName());

    private final ClientSessions sessions;
    private final SessionRepositoryFilter<?> filter;

    ClientSessionFilter(ClientSessions sessions, SessionRepositoryFilter<?> filter) {
        super(sessions);
        this.sessions = sessions;
        this.filter = filter;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CurrentRequest before = sessions.serve(new CurrentRequest(response));
        try {
            filter.doFilter(request, response, (inner, answer) -> proceed(inner, (HttpServletResponse) answer, chain));
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted() || !(rootOf(e) instanceof SessionStoreException failure)) {
                throw e;
            }
            LOGGER.log(Level.WARNING, "answered 503: " + failure.getMessage() + ": " + failure.getCause());
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } finally {
            sessions.serve(before);
        }
    }

    /** Returns what a framework may have wrapped. */
    static Throwable rootOf(Exception failure) {
        Throwable root = failure instanceof ServletException wrapped ? wrapped.getRootCause() : null;
        return root == null ? failure : root;
    }

    /** Answers a refusal where nobody else did. Spring's filter saves later, when it could not be answered any more. */
    private void proceed(ServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
            sessions.saveCurrent();
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted() || !Refusal.isIn(e)) {
                throw e;
            }
            response.sendError(Refusal.STATUS);
        }
    }
}
