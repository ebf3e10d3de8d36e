package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.session.WhenTooMany;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** A login that is one session too many, with the form and the filters of Spring Security. */
class RefusedLoginTest {

    private final AnnotationConfigWebApplicationContext application = new AnnotationConfigWebApplicationContext();

    /** Who asks: the cookie of a browser. */
    private static final class Visitor {
        private Cookie session;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    @EnableLarderHttpSession
    static class Application {

        @Bean
        CacheManager cacheManager() {
            return Provider.LARDER.newManager();
        }

        @Bean
        SessionStoreCustomizer oneSessionForEachUser() {
            return store -> store.maxSessions(
                    FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, 1, WhenTooMany.REFUSE_NEW);
        }

        @Bean
        SecurityFilterChain pages(HttpSecurity http) throws Exception {
            return http.csrf(AbstractHttpConfigurer::disable)
                    .authorizeHttpRequests(pages -> pages.requestMatchers("/open/*")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ann").password("{noop}secret").build());
        }
    }

    @BeforeEach
    void open() {
        application.setServletContext(new MockServletContext());
        application.register(Application.class);
        application.refresh();
    }

    @AfterEach
    void close() {
        application.close();
    }

    private static final class Pages extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getServletPath()) {
                case "/open/cart" -> request.getSession().setAttribute("cart", "tea");
                case "/open/login" ->
                    request.getSession()
                            .setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "ann");
                case "/open/why" -> response.getWriter().write(whyTheLoginFailed(request));
                case "/logout-of-mine" -> request.getSession().invalidate();
                default ->
                    response.getWriter()
                            .write(request.getSession().getAttribute("cart") + " of " + request.getRemoteUser());
            }
        }
    }

    private static String whyTheLoginFailed(HttpServletRequest request) {
        return request.getSession().getAttribute(WebAttributes.AUTHENTICATION_EXCEPTION)
                        instanceof SessionAuthenticationException failure
                ? String.valueOf(failure.getMessage())
                : "nobody knows";
    }

    private MockHttpServletResponse visit(Visitor visitor, String path) throws Exception {
        return send(visitor, new MockHttpServletRequest("GET", path));
    }

    private MockHttpServletResponse logIn(Visitor visitor) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login");
        request.setParameters(Map.of("username", "ann", "password", "secret"));
        return send(visitor, request);
    }

    private MockHttpServletResponse send(Visitor visitor, MockHttpServletRequest request) throws Exception {
        request.setServletPath(Objects.requireNonNull(request.getRequestURI()));
        if (visitor.session != null) {
            request.setCookies(visitor.session);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        new MockFilterChain(new Pages(), filter("springSessionRepositoryFilter"), filter("springSecurityFilterChain"))
                .doFilter(request, response);
        Cookie told = response.getCookie("SESSION");
        visitor.session = told == null ? visitor.session : told;
        return response;
    }

    private Filter filter(String name) {
        return application.getBean(name, Filter.class);
    }

    @Test
    void loginFailsAsAnyOther() throws Exception {
        Visitor first = new Visitor();
        Visitor second = new Visitor();
        assertThat(logIn(first).getRedirectedUrl()).isEqualTo("/");

        MockHttpServletResponse refused = logIn(second);

        assertThat(refused.getRedirectedUrl()).isEqualTo("/login?error");
        assertThat(visit(second, "/page").getRedirectedUrl()).endsWith("/login");
        assertThat(visit(first, "/page").getContentAsString()).isEqualTo("null of ann");
    }

    @Test
    void loginPageCanTellWhy() throws Exception {
        logIn(new Visitor());
        Visitor second = new Visitor();
        logIn(second);

        assertThat(visit(second, "/open/why").getContentAsString())
                .isEqualTo("Maximum sessions for this user exceeded");
    }

    @Test
    void sessionFromBeforeTheLoginIsKept() throws Exception {
        logIn(new Visitor());
        Visitor second = new Visitor();
        visit(second, "/open/cart");

        assertThat(logIn(second).getRedirectedUrl()).isEqualTo("/login?error");

        assertThat(visit(second, "/open/look").getContentAsString()).isEqualTo("tea of null");
    }

    @Test
    void thereIsRoomAfterALogout() throws Exception {
        Visitor first = new Visitor();
        logIn(first);
        visit(first, "/logout-of-mine");

        assertThat(logIn(new Visitor()).getRedirectedUrl()).isEqualTo("/");
    }

    @Test
    void whereNobodyAnswersARefusalItIs429() throws Exception {
        logIn(new Visitor());
        Visitor second = new Visitor();
        visit(second, "/open/cart");

        assertThat(visit(second, "/open/login").getStatus()).isEqualTo(429);
        assertThat(visit(new Visitor(), "/open/login").getStatus()).isEqualTo(429);

        assertThat(visit(second, "/open/look").getContentAsString()).isEqualTo("tea of null");
    }
}
