package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.HeaderHttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;

class IdRenewalTest {

    private static final String ID = "X-Auth-Token";

    private final Fleet fleet = new Fleet(Provider.LARDER);
    private final LarderSessionRepository sessions =
            fleet.instance(store -> store.renewIdAfter(Duration.ofMinutes(10)));
    private LarderSession session;

    @BeforeEach
    void open() {
        session = sessions.createSession();
        session.setAttribute("color", "green");
        sessions.save(session);
    }

    @AfterEach
    void close() {
        sessions.close();
        fleet.close();
    }

    private MockHttpServletResponse request(FilterChain page) throws Exception {
        return request(sessions, page);
    }

    private MockHttpServletResponse request(LarderSessionRepository instance, FilterChain page) throws Exception {
        ClientSessions clients = new ClientSessions(instance);
        SessionRepositoryFilter<LarderSession> spring = new SessionRepositoryFilter<>(clients);
        spring.setHttpSessionIdResolver(new HeaderHttpSessionIdResolver(ID));
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader(ID, session.getId());
        MockHttpServletResponse response = new MockHttpServletResponse();
        new ClientSessionFilter(clients, spring).doFilter(request, response, page);
        return response;
    }

    private static FilterChain pageWithSession() {
        return (request, response) ->
                ((HttpServletRequest) request).getSession().setAttribute("size", "L");
    }

    @Test
    void youngIdIsKept() throws Exception {
        fleet.clock.advance(Duration.ofMinutes(9));

        assertThat(request(pageWithSession()).getHeader(ID)).isNull();
    }

    @Test
    void oldIdIsRenewedAndTheClientIsTold() throws Exception {
        fleet.clock.advance(Duration.ofMinutes(10));

        String renewed = request(pageWithSession()).getHeader(ID);

        assertThat(renewed).isNotNull().isNotEqualTo(session.getId());
        fleet.clock.advance(Duration.ofSeconds(10)); // For so long the requests of the same page are still served.
        assertThat(sessions.findById(session.getId())).isNull();
        LarderSession found = sessions.findById(renewed);
        assertThat(found.<String>getAttribute("color")).isEqualTo("green");
        assertThat(found.<String>getAttribute("size")).isEqualTo("L");
    }

    @Test
    void idIsKeptIfTheResponseIsOnItsWay() throws Exception {
        fleet.clock.advance(Duration.ofMinutes(10));

        MockHttpServletResponse response = request((request, committed) -> {
            committed.flushBuffer();
            pageWithSession().doFilter(request, committed);
        });

        assertThat(response.getHeader(ID)).isNull();
        assertThat(sessions.findById(session.getId()).<String>getAttribute("size"))
                .isEqualTo("L");
    }

    @Test
    void ofTwoRequestsAtATimeOneRenewsAndBothAreSaved() throws Exception {
        fleet.clock.advance(Duration.ofMinutes(10));
        String[] inner = new String[1];

        MockHttpServletResponse outer = request((request, response) -> {
            pageWithSession().doFilter(request, response);
            try {
                inner[0] = request(pageWithSession()).getHeader(ID);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(inner[0]).isNotNull();
        assertThat(outer.getHeader(ID)).isNull();
        assertThat(sessions.findById(inner[0]).<String>getAttribute("size")).isEqualTo("L");
    }

    @Test
    void requestWithTheNewIdKeepsItAtAnInstanceThatStillServesTheOldOne() throws Exception {
        LarderSessionRepository other = fleet.instance(store -> store.renewIdAfter(Duration.ofMinutes(10)));
        fleet.clock.advance(Duration.ofMinutes(10));
        String renewed = request(pageWithSession()).getHeader(ID);

        LarderSession led = other.findById(session.getId());
        LarderSession next = other.findById(renewed);

        assertThat(next.getId()).isEqualTo(renewed);
        assertThat(led.getId()).isEqualTo(session.getId());
        other.close();
    }

    @Test
    void requestThatIsLedToTheNewIdBeforeItsClientIsToldTakesItFromNobody() throws Exception {
        fleet.clock.advance(Duration.ofMinutes(10));
        List<LarderSession> led = new ArrayList<>();
        sessions.store().addListener(new SessionListener() {
            @Override
            public void idChanged(String oldKey, Session moved) {
                led.add(sessions.findById(session.getId()));
            }
        });

        String renewed = request(pageWithSession()).getHeader(ID);

        assertThat(renewed).isNotNull().isNotEqualTo(session.getId());
        assertThat(led)
                .singleElement()
                .satisfies(each -> assertThat(each.getId()).isEqualTo(session.getId()));
    }

    @Test
    void idIsKeptIfTheSessionCannotBeSaved() {
        LarderSessionRepository strict = fleet.instance(
                store -> store.renewIdAfter(Duration.ofMinutes(10)).compareAndSet(true));
        fleet.clock.advance(Duration.ofMinutes(10));

        assertThatIllegalStateException()
                .isThrownBy(() -> request(strict, (request, response) -> {
                    pageWithSession().doFilter(request, response);
                    LarderSession other = sessions.findById(session.getId());
                    other.setAttribute("size", "M");
                    sessions.save(other);
                }));

        fleet.clock.advance(Duration.ofSeconds(10)); // For so long a former id would do, too.
        assertThat(sessions.findById(session.getId())).isNotNull();
        strict.close();
    }
}
