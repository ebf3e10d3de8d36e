package dev.larder.servlet;

import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.Providers;
import dev.larder.servlet.fixture.RecordingListener;
import dev.larder.servlet.fixture.Shop;
import dev.larder.servlet.fixture.WebServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** An application in one of the containers, for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class ContainerFixture {

    final RecordingListener listener = new RecordingListener();
    Browser browser = new Browser();
    Shop shop;

    abstract WebServer.Factory container();

    Providers provider() {
        return Providers.LARDER;
    }

    /** Returns the caches of the application, which nobody else has. */
    CacheManager newManager() {
        return provider().newManager();
    }

    LarderSessionFilterBuilder settings(LarderSessionFilterBuilder builder) {
        return builder.listener(listener).exclude("/static/*");
    }

    SessionStoreBuilder storeSettings(SessionStoreBuilder builder) {
        return builder;
    }

    @BeforeAll
    void open() {
        shop = Shop.open(container(), newManager(), this::settings, this::storeSettings);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        browser = new Browser();
        listener.heard();
        shop.noPage(WebServer.ERROR_PAGE);
        shop.probe().calls();
        shop.probe().down(false);
        shop.probe().loseAnswers(Object.class, 0);
    }

    /** Begins a session in which an attribute is set, and returns its id. */
    String login() {
        return shop.visit(browser, (request, response) -> {
                    request.getSession().setAttribute("user", "ann");
                    response.getWriter().write(request.getSession().getId());
                })
                .body();
    }

    /** Returns an attribute of the browser's session, as a request of its own sees it; "none" for no session. */
    String attribute(String name) {
        return attribute(browser, name);
    }

    String attribute(Browser of, String name) {
        return shop.visit(of, (request, response) -> response.getWriter().write(read(request, name)))
                .body();
    }

    static String read(HttpServletRequest request, String name) {
        HttpSession session = request.getSession(false);
        return session == null ? "none" : Objects.toString(session.getAttribute(name));
    }
}
