package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.internal.record.Activate;
import dev.larder.patterns.session.internal.record.Prepare;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.HeaderHttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** What a client is answered while the cache of the sessions fails. */
class StoreAwayTest {

    private static final String ID = "X-Auth-Token";

    private final MovableClock clock = new MovableClock();
    private final CacheManager caches = Provider.LARDER.newManager();
    private final LarderSessionRepository sessions = LarderSessionRepository.builder(
                    SessionStore.over(failing(caches.createCache("sessions", new MutableConfiguration<>())))
                            .indexCache(caches.createCache("index", new MutableConfiguration<>()))
                            .clock(clock)
                            .renewIdAfter(Duration.ofMinutes(10)))
            .build();
    private LarderSession session;
    private boolean isAway;
    private int callsWhileAway;
    private Class<?> refuses;

    @SuppressWarnings("unchecked") // a proxy of this very type
    private Cache<String, byte[]> failing(Cache<String, byte[]> cache) {
        return (Cache<String, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    if (isAway && !method.getName().equals("getName")) {
                        callsWhileAway++;
                        throw new CacheException("away, on purpose");
                    }
                    if (refuses != null && method.getName().equals("invoke") && refuses.isInstance(arguments[1])) {
                        throw new CacheException("a step refused, on purpose");
                    }
                    try {
                        return method.invoke(cache, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @BeforeEach
    void open() {
        session = sessions.createSession();
        session.setAttribute("color", "green");
        sessions.save(session);
    }

    @AfterEach
    void close() {
        sessions.close();
        caches.close();
    }

    private MockHttpServletResponse request(FilterChain page) throws Exception {
        ClientSessions clients = new ClientSessions(sessions);
        SessionRepositoryFilter<LarderSession> spring = new SessionRepositoryFilter<>(clients);
        spring.setHttpSessionIdResolver(new HeaderHttpSessionIdResolver(ID));
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader(ID, session.getId());
        MockHttpServletResponse response = new MockHttpServletResponse();
        new ClientSessionFilter(clients, spring).doFilter(request, response, page);
        return response;
    }

    @Test
    void requestThatAsksForItsSessionIsAnswered503() throws Exception {
        isAway = true;

        assertThat(request((request, response) -> ((HttpServletRequest) request).getSession())
                        .getStatus())
                .isEqualTo(503);
        assertThat(request((request, response) -> response.getWriter().write("static"))
                        .getStatus())
                .isEqualTo(200);

        isAway = false;
        assertThat(sessions.findById(session.getId()).<String>getAttribute("color"))
                .isEqualTo("green");
    }

    @Test
    void changeThatCannotBeStoredIsAnswered503() throws Exception {
        MockHttpServletResponse response = request((request, answer) -> {
            ((HttpServletRequest) request).getSession().setAttribute("color", "red");
            isAway = true;
        });

        assertThat(response.getStatus()).isEqualTo(503);
        isAway = false;
        assertThat(sessions.findById(session.getId()).<String>getAttribute("color"))
                .isEqualTo("green");
    }

    @Test
    void failureThatAFrameworkWrapsIsAnsweredAsItself() throws Exception {
        isAway = true;

        assertThat(request((request, response) -> {
                            try {
                                ((HttpServletRequest) request).getSession();
                            } catch (RuntimeException e) {
                                throw new ServletException("Request processing failed", e);
                            }
                        })
                        .getStatus())
                .isEqualTo(503);
    }

    private MockHttpServletResponse requestThatRenews() throws Exception {
        clock.advance(Duration.ofMinutes(10));
        return request(
                (request, answer) -> ((HttpServletRequest) request).getSession().setAttribute("color", "red"));
    }

    @Test
    void clientIsToldOfAnIdThatWasRenewedHalfWay() throws Exception {
        refuses = Activate.class;

        MockHttpServletResponse response = requestThatRenews();

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getHeader(ID)).isNotNull().isNotEqualTo(session.getId());
    }

    @Test
    void requestGoesOnWithItsIdThatCouldNotBeRenewed() throws Exception {
        refuses = Prepare.class;

        MockHttpServletResponse response = requestThatRenews();

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getHeader(ID)).isNull();
        assertThat(sessions.findById(session.getId()).<String>getAttribute("color"))
                .isEqualTo("red");
    }

    @Test
    void failureToStoreIsMetOnce() throws Exception {
        request((request, answer) -> {
            ((HttpServletRequest) request).getSession().setAttribute("color", "red");
            isAway = true;
        });

        assertThat(callsWhileAway).as("calls to the cache that is away").isEqualTo(1);
    }
}
