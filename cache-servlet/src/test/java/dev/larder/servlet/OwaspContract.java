package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.CapturedLogs;
import dev.larder.servlet.fixture.Shop;
import jakarta.servlet.http.HttpSession;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;

/** The rules of OWASP's session management cheat sheet that are a server's to keep, in every container. */
abstract class OwaspContract extends ContainerFixture {

    private static final int IDS = Boolean.getBoolean("larder.stress") ? 100_000 : 5_000;

    @Test
    void idsAre256BitsThatNobodyCanGuess() {
        Set<String> ids = new HashSet<>();
        int[] ones = new int[256];
        for (int i = 0; i < IDS; i++) {
            String id = shop.store().create().id();
            assertThat(id).matches("[0-9A-Za-z_-]{43}");
            ids.add(id);
            BitSet.valueOf(Base64.getUrlDecoder().decode(id)).stream().forEach(bit -> ones[bit]++);
        }

        assertThat(ids).hasSize(IDS);
        double sixSigma = 6 * Math.sqrt(IDS) / 2;
        assertThat(Arrays.stream(ones).boxed())
                .allSatisfy(count -> assertThat((double) count).isCloseTo(IDS / 2.0, within(sixSigma)));
    }

    @Test
    void cookieIsOutOfReachOfScriptsAndOtherSites() {
        HttpResponse<String> response = shop.visit(browser, (request, answer) -> request.getSession());

        assertThat(Browser.setCookies(response))
                .singleElement()
                .asString()
                .matches("SESSION=[0-9A-Za-z_-]{43}; Path=/shop; HttpOnly; SameSite=Lax");
    }

    @Test
    void idIsTakenFromNothingButTheCookie() {
        String id = login();
        Browser thief = new Browser();
        shop.page("/whoami", (request, answer) -> answer.getWriter().write(read(request, "user")));

        assertThat(shop.get(thief, "/whoami;SESSION=" + id).body()).isEqualTo("none");
        assertThat(shop.get(thief, "/whoami;jsessionid=" + id).body()).isEqualTo("none");
        assertThat(shop.get(thief, "/whoami?SESSION=" + id).body()).isEqualTo("none");
        assertThat(shop.get(thief.withCookie("JSESSIONID", id), "/whoami").body())
                .isEqualTo("none");
        assertThat(shop.get(browser, "/whoami").body()).isEqualTo("ann");
    }

    @Test
    void redirectsShowNoId() {
        String id = login();

        HttpResponse<String> response =
                shop.visit(browser, (request, answer) -> answer.sendRedirect(answer.encodeRedirectURL("elsewhere")));

        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(
                        location -> assertThat(location).endsWith("elsewhere").doesNotContain(id));
    }

    @Test
    void idsThatTheServerDidNotMakeAreNotAdopted() {
        String fixed = "F".repeat(43);
        browser.withCookie("SESSION", fixed);

        String id = login();

        assertThat(id).isNotEqualTo(fixed);
        assertThat(attribute(new Browser().withCookie("SESSION", fixed), "user"))
                .isEqualTo("none");
    }

    @Test
    void idChangesAtLogin() {
        String planted = shop.visit(
                        browser,
                        (request, answer) ->
                                answer.getWriter().write(request.getSession().getId()))
                .body();

        shop.visit(browser, (request, answer) -> {
            request.changeSessionId();
            request.getSession().setAttribute("user", "ann");
        });

        assertThat(attribute("user")).isEqualTo("ann");
        assertThat(attribute(new Browser().withCookie("SESSION", planted), "user"))
                .isEqualTo("none");
    }

    @Test
    void logoutEndsTheSessionEverywhereWithinOneRequest() {
        String id = login();
        try (Shop another = shop.openAnother(container())) {
            Browser there = new Browser().withCookie("SESSION", id);
            assertThat(userAt(another, there)).isEqualTo("ann");

            shop.visit(browser, (request, answer) -> request.getSession().invalidate());

            assertThat(userAt(another, there)).isEqualTo("none");
            assertThat(attribute("user")).isEqualTo("none");
        }
    }

    private static String userAt(Shop instance, Browser browser) {
        return instance.visit(browser, (request, answer) -> answer.getWriter().write(read(request, "user")))
                .body();
    }

    @Test
    void useDoesNotExtendTheAbsoluteTimeout() {
        login();

        for (int minutes = 0; minutes < 8 * 60 - 20; minutes += 20) {
            shop.pass(Duration.ofMinutes(20));
            assertThat(attribute("user")).isEqualTo("ann");
        }
        shop.pass(Duration.ofMinutes(20));

        assertThat(attribute("user")).isEqualTo("none");
    }

    @Test
    void copyOfTheStoreLogsNobodyIn() {
        String id = login();

        for (Cache.Entry<String, byte[]> entry : shop.sessions()) {
            assertThat(entry.getKey()).isNotEqualTo(id);
            assertThat(new String(entry.getValue(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(id);
            assertThat(attribute(new Browser().withCookie("SESSION", entry.getKey()), "user"))
                    .isEqualTo("none");
        }
        assertThat(attribute("user")).isEqualTo("ann");
    }

    @Test
    void logsShowNoId() {
        try (CapturedLogs logs = CapturedLogs.start()) {
            String id = login();
            shop.visit(browser, (request, answer) -> request.changeSessionId());
            String changed = browser.cookie("SESSION");
            shop.visit(browser, (request, answer) -> {
                HttpSession session = request.getSession();
                request.getServletContext().log("session " + session + " of " + request);
                throw new IllegalStateException("for the log");
            });
            shop.probe().down(true);
            assertThat(shop.visit(browser, (request, answer) -> request.getSession())
                            .statusCode())
                    .isEqualTo(503);
            shop.probe().down(false);
            shop.visit(browser, (request, answer) -> request.getSession().invalidate());

            assertThat(logs.text()).contains("for the log").doesNotContain(id).doesNotContain(changed);
        }
    }
}
