package dev.larder.examples.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shop as two instances over one Redis, and a user with a real browser. */
@Timeout(600)
class ShopInChromiumTest {

    private static final String HOW_TO_HAVE_ONE =
            "there is no Chromium on the PATH: install Debian's package chromium (apt-get install chromium)";

    /** A Redis that is slow is not away. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static Path program;
    private static RedisServer redis;
    private static ShopInstance one;
    private static ShopInstance two;

    private Chromium browser;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> found = Chromium.find();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(found).as(HOW_TO_HAVE_ONE).isPresent();
        }
        assumeTrue(found.isPresent(), HOW_TO_HAVE_ONE);
        program = found.orElseThrow();
        redis = RedisServer.start();
        SharedSessions sessions = SharedSessions.on(URI.create(redis.uri()), PATIENCE);
        List<ShopInstance> instances = ShopExample.start(sessions, List.of(0, 0));
        one = instances.get(0);
        two = instances.get(1);
    }

    @AfterAll
    static void close() throws Exception {
        if (redis != null) {
            one.close();
            two.close();
            redis.close();
        }
    }

    @BeforeEach
    void startBrowser() throws Exception {
        browser = Chromium.start(program);
    }

    @AfterEach
    void endBrowser() throws Exception {
        browser.close();
    }

    private void logIn(ShopInstance instance, String password) throws Exception {
        browser.open(instance.page("/"));
        assertThat(browser.path()).isEqualTo("/login");
        browser.type("user", "alice");
        browser.type("password", password);
        browser.press("login");
    }

    @Test
    void whoLogsInAtOneInstanceGoesOnAtAnother() throws Exception {
        logIn(one, "wonderland");
        browser.press("apples");
        browser.open(two.page("/"));
        browser.press("pears");
        browser.press("apples");

        assertThat(browser.text("port")).isEqualTo("" + two.page("/").getPort());
        assertThat(browser.text("user")).isEqualTo("alice");
        assertThat(browser.text("cart")).isEqualTo("apples: 2, pears: 1");
        assertThat(browser.cookiesSeenByScripts()).isEmpty();
        browser.saveScreenshot(Path.of("target", "shop.png"));
    }

    @Test
    void logoutAtOneInstanceIsALogoutAtBoth() throws Exception {
        logIn(one, "wonderland");
        browser.open(two.page("/"));
        browser.press("logout");
        assertThat(browser.path()).isEqualTo("/login");

        browser.open(one.page("/"));

        assertThat(browser.path()).isEqualTo("/login");
        assertThat(browser.text("user")).isEqualTo("none");
    }

    @Test
    void wrongPasswordLogsNobodyIn() throws Exception {
        logIn(one, "guessed");
        assertThat(browser.text("user")).isEqualTo("none");

        browser.open(two.page("/"));

        assertThat(browser.path()).isEqualTo("/login");
    }
}
