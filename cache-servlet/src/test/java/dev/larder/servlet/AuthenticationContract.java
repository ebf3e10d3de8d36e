package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.WebServer;
import jakarta.servlet.ServletException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Logins by the container change the id of the session, so that nobody who planted one goes on with it. */
abstract class AuthenticationContract extends ContainerFixture {

    /** Begins a session as an attacker would, who gives its id to his victim. */
    private String plant() {
        shop.visit(browser, (request, answer) -> request.getSession().setAttribute("cart", "tea"));
        return browser.cookie("SESSION");
    }

    private String logIn(String user) {
        shop.visit(browser, (request, answer) -> request.login(user, WebServer.USERS.get(user)));
        return browser.cookie("SESSION");
    }

    /** Shows who one is, as by each request of a browser that was once asked for user and password. */
    private String authenticate(String user) {
        String credentials = user + ":" + WebServer.USERS.get(user);
        browser.withHeader(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII)));
        String known = shop.visit(browser, (request, answer) -> {
                    boolean isKnown = request.authenticate(answer);
                    answer.getWriter().write(isKnown + " " + request.getRemoteUser());
                })
                .body();
        assertThat(known).isEqualTo("true " + user);
        return browser.cookie("SESSION");
    }

    private void assertDead(String id) {
        assertThat(attribute(new Browser().withCookie("SESSION", id), "cart")).isEqualTo("none");
    }

    @Test
    void loginChangesTheId() {
        String planted = plant();

        String id = logIn("ann");

        assertThat(id).isNotEqualTo(planted);
        assertDead(planted);
        assertThat(attribute("cart")).isEqualTo("tea");
        assertThat(listener.heard()).containsExactly("created", "added cart=tea", "id changed");
    }

    @Test
    void eachLoginChangesTheId() {
        plant();
        String first = logIn("ann");

        String second = logIn("ann");

        assertThat(second).isNotEqualTo(first);
        assertDead(first);
    }

    @Test
    void loginThatFailsChangesNothing() {
        String id = plant();

        shop.visit(
                browser,
                (request, answer) -> assertThatExceptionOfType(ServletException.class)
                        .isThrownBy(() -> request.login("ann", "guessed")));

        assertThat(browser.cookie("SESSION")).isEqualTo(id);
        assertThat(attribute("cart")).isEqualTo("tea");
    }

    @Test
    void loginBeginsNoSession() {
        HttpResponse<String> response =
                shop.visit(browser, (request, answer) -> request.login("ann", WebServer.USERS.get("ann")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Browser.setCookies(response)).isEmpty();
    }

    @Test
    void authenticationChangesTheIdOnce() {
        String planted = plant();

        String id = authenticate("ann");
        assertThat(id).isNotEqualTo(planted);
        assertDead(planted);

        assertThat(authenticate("ann")).isEqualTo(id);
        assertThat(authenticate("ann")).isEqualTo(id);
        assertThat(attribute("cart")).isEqualTo("tea");
    }

    @Test
    void anotherUserGetsAnotherId() {
        plant();
        String ofAnn = authenticate("ann");

        String ofBen = authenticate("ben");

        assertThat(ofBen).isNotEqualTo(ofAnn);
        assertDead(ofAnn);
    }

    @Test
    void authenticationAfterALogoutIsALogin() {
        plant();
        String first = authenticate("ann");
        shop.visit(browser, (request, answer) -> request.logout());

        assertThat(authenticate("ann")).isNotEqualTo(first);
        assertDead(first);
    }

    @Test
    void applicationSeesNothingOfWhatIsRemembered() {
        plant();
        authenticate("ann");

        String names = shop.visit(
                        browser,
                        (request, answer) -> answer.getWriter()
                                .write(""
                                        + Collections.list(request.getSession().getAttributeNames())))
                .body();
        shop.visit(browser, (request, answer) -> request.getSession().invalidate());

        assertThat(names).isEqualTo("[cart]");
        assertThat(listener.heard())
                .containsExactly("created", "added cart=tea", "id changed", "destroyed with null", "removed cart=tea");
    }
}
