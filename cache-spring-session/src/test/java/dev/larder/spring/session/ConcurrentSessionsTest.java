package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;
import org.springframework.session.web.http.HeaderHttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Spring Security's own control of concurrent sessions, with instances that share their sessions. */
class ConcurrentSessionsTest {

    private static final String ID = "X-Auth-Token";

    private final Fleet fleet = new Fleet(Provider.LARDER);
    private final LarderSessionRepository one = fleet.instance();
    private final LarderSessionRepository two = fleet.instance();

    @AfterEach
    void close() {
        two.close();
        one.close();
        fleet.close();
    }

    private static Authentication alice() {
        User user = new User("alice", "", AuthorityUtils.createAuthorityList("ROLE_USER"));
        return UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
    }

    private static SessionRegistry registry(LarderSessionRepository instance) {
        return new SpringSessionBackedSessionRegistry<>(instance);
    }

    /** Logs in, with the session of that id if it is not null, and returns the id of the session. */
    private static String logIn(LarderSessionRepository instance, String id, boolean refuses) throws Exception {
        ConcurrentSessionControlAuthenticationStrategy control =
                new ConcurrentSessionControlAuthenticationStrategy(registry(instance));
        control.setExceptionIfMaximumExceeded(refuses);
        return request(instance, id, (request, response) -> {
            request.getSession();
            control.onAuthentication(alice(), request, response);
            request.changeSessionId();
            request.getSession()
                    .setAttribute(
                            HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                            new SecurityContextImpl(alice()));
        });
    }

    private interface Page {
        void show(HttpServletRequest request, HttpServletResponse response);
    }

    private static String request(LarderSessionRepository instance, String id, Page page) throws Exception {
        ClientSessions clients = new ClientSessions(instance);
        SessionRepositoryFilter<LarderSession> filter = new SessionRepositoryFilter<>(clients);
        filter.setHttpSessionIdResolver(new HeaderHttpSessionIdResolver(ID));
        MockHttpServletRequest request = new MockHttpServletRequest();
        MockHttpServletResponse response = new MockHttpServletResponse();
        if (id != null) {
            request.addHeader(ID, id);
        }
        FilterChain chain = (wrapped, wrappedResponse) ->
                page.show((HttpServletRequest) wrapped, (HttpServletResponse) wrappedResponse);
        filter.doFilter(request, response, chain);
        return response.getHeader(ID) == null ? id : response.getHeader(ID);
    }

    private static boolean isExpired(LarderSessionRepository instance, String id) {
        return registry(instance).getSessionInformation(id).isExpired();
    }

    @Test
    void secondLoginExpiresTheFirstOnAnotherInstance() throws Exception {
        String first = logIn(one, null, false);
        fleet.clock.advance(Duration.ofSeconds(1));

        String second = logIn(two, null, false);

        assertThat(isExpired(one, first)).isTrue();
        assertThat(isExpired(one, second)).isFalse();
    }

    @Test
    void secondLoginIsRefusedIfThatIsWanted() throws Exception {
        logIn(one, null, true);

        assertThatThrownBy(() -> logIn(two, null, true)).isInstanceOf(SessionAuthenticationException.class);
    }

    @Test
    void loginWithTheSessionOneHasIsNoSecondOne() throws Exception {
        String first = logIn(one, null, true);

        String same = logIn(two, first, true);

        assertThat(isExpired(one, same)).isFalse();
    }

    @Test
    void registryTellsOfAllSessionsOfAUser() throws Exception {
        logIn(one, null, false);

        List<SessionInformation> sessions = registry(two).getAllSessions(alice().getPrincipal(), false);

        assertThat(sessions).singleElement().satisfies(session -> {
            assertThat(session.getPrincipal()).isEqualTo("alice");
            assertThat(registry(two).getSessionInformation(session.getSessionId()))
                    .isNotNull();
        });
    }

    @Test
    void handleThatAClientSendsOpensNoSession() throws Exception {
        logIn(one, null, false);
        String handle = two.findByPrincipalName("alice").keySet().iterator().next();
        assertThat(two.findById(handle)).isNotNull();

        request(
                two,
                handle,
                (request, response) -> assertThat(request.getSession(false)).isNull());
    }
}
