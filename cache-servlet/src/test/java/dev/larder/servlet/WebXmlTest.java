package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.Documents;
import dev.larder.servlet.fixture.InitConfig;
import dev.larder.servlet.fixture.Pages;
import dev.larder.servlet.fixture.RecordingListener;
import dev.larder.servlet.fixture.TomcatServer;
import dev.larder.servlet.fixture.WebServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The filter as a container makes it, from init parameters alone. */
class WebXmlTest {

    private final Pages pages = new Pages();
    private final RecordingListener listener = new RecordingListener();
    private final Browser browser = new Browser();

    private HttpResponse<String> visit(Consumer<ServletContext> configuration) {
        try (WebServer server = TomcatServer.start(context -> {
            configuration.accept(context);
            pages.addTo(context);
        })) {
            pages.add("/page", (request, answer) -> {
                request.getSession().setAttribute("user", "ann");
                answer.getWriter().write("" + request.getSession().getMaxInactiveInterval());
            });
            return browser.get(server, "/page");
        }
    }

    private static void addFilter(ServletContext context, Map<String, String> parameters) {
        FilterRegistration.Dynamic filter = context.addFilter("sessions", LarderSessionFilter.class);
        filter.setInitParameters(parameters);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    @Test
    void initParametersSayEverything() {
        HttpResponse<String> response = visit(context -> {
            LarderSessions.addListener(context, listener);
            addFilter(
                    context,
                    Map.of(
                            "cacheProvider", "dev.larder.jcache.provider.LarderCachingProvider",
                            "cacheManager", "urn:web-xml",
                            "cache", "web-xml-sessions",
                            "idleTimeout", "10m",
                            "absoluteTimeout", "8h",
                            "whenStoreFails", "read-only",
                            "cookieName", "__Host-id",
                            "cookieSameSite", "strict"));
        });

        assertThat(response.body()).isEqualTo("600");
        assertThat(Browser.setCookies(response))
                .singleElement()
                .asString()
                .startsWith("__Host-id=")
                .endsWith("; Path=/; Secure; HttpOnly; SameSite=Strict");
        assertThat(listener.heard()).containsExactly("created", "added user=ann");
    }

    @Test
    void idleTimeoutIsThatOfTheApplication() {
        HttpResponse<String> response = visit(context -> {
            context.setSessionTimeout(7);
            addFilter(context, Map.of("cacheProvider", "dev.larder.jcache.provider.LarderCachingProvider"));
        });

        assertThat(response.body()).isEqualTo("420");
    }

    /** Lets three browsers of one user log in one after the other, and returns what each is answered, and what each sees then. */
    private List<String> threeLogins(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("cacheProvider", "dev.larder.jcache.provider.LarderCachingProvider");
        all.put("cacheManager", "urn:uuid:" + UUID.randomUUID());
        pages.add("/login", (request, answer) -> request.getSession().setAttribute("user", "ann"));
        pages.add("/page", (request, answer) -> answer.getWriter().write("" + request.getSession(false)));
        try (WebServer server = TomcatServer.start(context -> {
            addFilter(context, all);
            pages.addTo(context);
        })) {
            List<Browser> browsers = List.of(new Browser(), new Browser(), new Browser());
            List<Integer> answers = browsers.stream()
                    .map(each -> each.get(server, "/login").statusCode())
                    .toList();
            return IntStream.range(0, browsers.size())
                    .mapToObj(i -> answers.get(i)
                            + (browsers.get(i).get(server, "/page").body().equals("null") ? " out" : " in"))
                    .toList();
        }
    }

    @Test
    void oneSessionTooManyEndsTheOldest() {
        assertThat(threeLogins(Map.of("index", "user", "maxSessions", "2")))
                .containsExactly("200 out", "200 in", "200 in");
        assertThat(threeLogins(
                        Map.of("index", "tenant, user", "maxSessions", "user=1", "whenTooMany", "end-oldest-created")))
                .containsExactly("200 out", "200 out", "200 in");
    }

    @Test
    void oneSessionTooManyIsRefusedWhereThatIsSaid() {
        assertThat(threeLogins(Map.of("index", "user", "maxSessions", "2", "whenTooMany", "refuse-new")))
                .containsExactly("200 in", "200 in", "429 out");
    }

    @Test
    void limitsThatMakeNoSenseAreNamed() {
        wrong(Map.of("maxSessions", "2"), "name the attribute that has the user, by the parameter index");
        wrong(Map.of("maxSessions", "none", "index", "user"), "write a number from 1 on");
        wrong(Map.of("maxSessions", "0", "index", "user"), "write a number from 1 on");
        wrong(Map.of("maxSessions", "2", "index", "user tenant"), "write of which index, as in user=3");
        wrong(Map.of("maxSessions", "name=2", "index", "user"), "there are [user]");
        wrong(Map.of("whenTooMany", "refuse-new", "index", "user"), "say how many sessions there may be: maxSessions");
        wrong(
                Map.of("whenTooMany", "refuse", "maxSessions", "2", "index", "user"),
                "write one of [END_OLDEST_USED, END_OLDEST_CREATED, REFUSE_NEW]");
    }

    @Test
    void initializerAddsTheFilterWhereItIsAskedTo() {
        HttpResponse<String> response = visit(context -> {
            context.setInitParameter("larder.sessions", "/*");
            context.setInitParameter(
                    "larder.sessions.cacheProvider", "dev.larder.jcache.provider.LarderCachingProvider");
            context.setInitParameter("larder.sessions.cookieName", "mine");
            new LarderSessionInitializer().onStartup(null, context);
        });

        assertThat(Browser.setCookies(response)).singleElement().asString().startsWith("mine=");
    }

    @Test
    void initializerDoesNothingUnasked() {
        HttpResponse<String> response = visit(context -> new LarderSessionInitializer().onStartup(null, context));

        assertThat(Browser.setCookies(response)).singleElement().asString().startsWith("JSESSIONID=");
    }

    /** The message for a wrong one names all that there are. */
    @Test
    void documentationHasEachParameterAndNoOther() throws IOException {
        Set<String> documented = Documents.namesInTable("sessions-servlet.md", "init parameter");

        wrong("nonesuch", "x", "; there are " + String.join(", ", documented));
        assertThat(documented).hasSizeGreaterThan(20);
    }

    @Test
    void wrongParametersAreNamed() {
        wrong("cookieNmae", "x", "has no init parameter \"cookieNmae\"; there are absoluteTimeout, allow");
        wrong(
                "idleTimeout",
                "soon",
                "init parameter idleTimeout of filter sessions is \"soon\"; write a number and s, m, h or d");
        wrong("cookieSecure", "yes", "write true or false");
        wrong("cookieSameSite", "loose", "write one of [STRICT, LAX, NONE]");
        wrong("listeners", "com.acme.Missing", "name public classes");
        wrong("codec", "xml", "write one of [plain, jackson, java]");
        wrong("allow", "com.acme.Missing", "there is no such class");
        wrong("tooManySessionsStatus", "200", "write the status of an error, from 400 to 599");
        wrong("tooManySessionsStatus", "none", "write the status of an error, from 400 to 599");
        wrong("exclude", "static", "not a pattern for paths: \"static\"");
    }

    private static void wrong(String name, String value, String message) {
        wrong(Map.of(name, value), message);
    }

    private static void wrong(Map<String, String> parameters, String message) {
        LarderSessionFilter filter = new LarderSessionFilter();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.init(InitConfig.of(parameters)))
                .withMessageContaining(message);
    }
}
