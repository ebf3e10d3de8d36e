package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.Documents;
import dev.larder.servlet.fixture.JettyServer;
import dev.larder.servlet.fixture.TomcatServer;
import dev.larder.servlet.fixture.WebServer;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A directory with a {@code web.xml}, as containers find it: nothing of the filter is called by the test. */
class WebApplicationTest {

    /** Tests have two providers in their class path, so that one is to be named. */
    private static final String PROVIDER = "dev.larder.jcache.provider.LarderCachingProvider";

    /** What runs such a directory. */
    enum Container {
        TOMCAT {
            @Override
            WebServer start(Path directory) {
                return TomcatServer.startDirectory(directory);
            }
        },
        JETTY {
            @Override
            WebServer start(Path directory) {
                return JettyServer.startDirectory(directory);
            }
        };

        abstract WebServer start(Path directory);
    }

    @TempDir
    private Path directory;

    private final Browser browser = new Browser();

    private List<HttpResponse<String>> visitTwice(Container container, String configuration) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("WEB-INF"));
        Files.writeString(folder.resolve("web.xml"), """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="false">
                %s
                <servlet>
                  <servlet-name>visits</servlet-name>
                  <servlet-class>dev.larder.servlet.fixture.VisitCounter</servlet-class>
                  <async-supported>true</async-supported>
                </servlet>
                <servlet-mapping><servlet-name>visits</servlet-name><url-pattern>/visits</url-pattern></servlet-mapping>
                </web-app>
                """.formatted(configuration));
        try (WebServer server = container.start(directory)) {
            return List.of(browser.get(server, "/visits"), browser.get(server, "/visits"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void webXmlOfTheDocumentationIsEnough(Container container) throws IOException {
        String documented = Documents.block("sessions-servlet.md", "<filter>");
        String provider = "<init-param><param-name>cacheProvider</param-name><param-value>" + PROVIDER
                + "</param-value></init-param></filter>";

        List<HttpResponse<String>> visits = visitTwice(container, documented.replace("</filter>", provider));

        assertThat(visits).extracting(HttpResponse::body).containsExactly("1", "2");
        assertThat(Browser.setCookies(visits.get(0)))
                .singleElement()
                .asString()
                .startsWith("__Host-SESSION=")
                .contains("Secure");
    }

    @ParameterizedTest
    @EnumSource
    void containerFindsTheInitializerByItself(Container container) throws IOException {
        List<HttpResponse<String>> visits = visitTwice(
                container,
                parameter("larder.sessions", "/*")
                        + parameter("larder.sessions.cookieName", "mine")
                        + parameter("larder.sessions.cacheProvider", PROVIDER));

        assertThat(visits).extracting(HttpResponse::body).containsExactly("1", "2");
        assertThat(Browser.setCookies(visits.get(0))).singleElement().asString().startsWith("mine=");
    }

    private static String parameter(String name, String value) {
        return "<context-param><param-name>" + name + "</param-name><param-value>" + value
                + "</param-value></context-param>";
    }

    @Test
    void initializerIsAService() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class))
                .hasAtLeastOneElementOfType(LarderSessionInitializer.class);
    }
}
