package dev.larder.spring.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Spring's filter, set up by Spring, with {@link ClientSessions} told of the request. */
final class ClientSessionFilter extends SessionRepositoryFilter<LarderSession> {

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
            filter.doFilter(request, response, chain);
        } finally {
            sessions.serve(before);
        }
    }
}
