package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.patterns.session.SessionStoreException;
import dev.larder.patterns.session.TooManySessionsException;
import dev.larder.patterns.session.WhenTooMany;
import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.WebServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of a request whose session the store does not take. */
abstract class RefusalContract extends ContainerFixture {

    private final AtomicInteger users = new AtomicInteger();

    @Override
    SessionStoreBuilder storeSettings(SessionStoreBuilder builder) {
        return builder.compareAndSet(true).index("name").maxSessions("name", 1, WhenTooMany.REFUSE_NEW);
    }

    private String newUser() {
        return "user" + users.incrementAndGet();
    }

    private HttpResponse<String> logInAs(String name, Browser of) {
        return shop.visit(of, (request, answer) -> request.getSession().setAttribute("name", name));
    }

    /** Returns the name of a user who has a session, and so may begin no other. */
    private String userLoggedInElsewhere() {
        String name = newUser();
        logInAs(name, new Browser());
        return name;
    }

    /** As a login should do it where there is a session already. */
    private HttpResponse<String> logInWithNewIdAs(String name) {
        return shop.visit(browser, (request, answer) -> {
            request.changeSessionId();
            request.getSession().setAttribute("name", name);
        });
    }

    /** Changes an attribute in another request, while this one is under way. */
    private void meanwhile(HttpServletRequest request, String name, String value) {
        Browser other = new Browser().withCookie("SESSION", request.getSession().getId());
        CompletableFuture.runAsync(() -> shop.visit(
                        other, (second, answer) -> second.getSession().setAttribute(name, value)))
                .join();
    }

    private HttpResponse<String> loseAgainst(String value) {
        return shop.visit(browser, (request, answer) -> {
            HttpSession session = request.getSession();
            session.getAttribute("cart");
            session.setAttribute("cart", "mine");
            meanwhile(request, "cart", value);
            answer.getWriter().write("stored");
        });
    }

    @Test
    void whoLosesIsAnswered409() {
        login();

        HttpResponse<String> loser = loseAgainst("theirs");

        assertThat(loser.statusCode()).isEqualTo(409);
        assertThat(loser.body()).doesNotContain("stored");
        assertThat(attribute("cart") + attribute("user")).isEqualTo("theirsann");
    }

    @Test
    void whoChangesAnotherAttributeDoesNotLose() {
        login();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("cart", "mine");
            meanwhile(request, "page", "theirs");
        });

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(attribute("cart") + attribute("page")).isEqualTo("minetheirs");
    }

    @Test
    void errorPageSeesTheSessionAsTheWinnerLeftIt() {
        login();
        shop.page(WebServer.ERROR_PAGE, (request, answer) -> {
            answer.getWriter().write("there is " + read(request, "cart"));
            request.getSession().setAttribute("seen", "conflict");
        });

        HttpResponse<String> loser = loseAgainst("theirs");

        assertThat(loser.statusCode()).isEqualTo(409);
        assertThat(loser.body()).isEqualTo("there is theirs");
        assertThat(attribute("seen") + attribute("cart")).isEqualTo("conflicttheirs");
    }

    @Test
    void oneSessionTooManyIsAnswered429() {
        String name = newUser();
        logInAs(name, browser);
        Browser second = new Browser();

        HttpResponse<String> refused = logInAs(name, second);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(second.hasCookie("SESSION")).isFalse();
        assertThat(attribute(second, "name")).isEqualTo("none");
        assertThat(attribute("name")).isEqualTo(name);
        assertThat(listener.heard())
                .containsExactly(
                        "created",
                        "added name=" + name,
                        "created",
                        "added name=" + name,
                        "destroyed with null",
                        "removed name=" + name);
    }

    @Test
    void refusedLoginLeavesTheSessionAsItWas() {
        String name = userLoggedInElsewhere();
        login();

        HttpResponse<String> refused = logInWithNewIdAs(name);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(attribute("name") + attribute("user")).isEqualTo("nullann");
    }

    @Test
    void thereIsRoomAfterALogout() {
        String name = newUser();
        logInAs(name, browser);
        shop.visit(browser, (request, answer) -> request.getSession().invalidate());

        assertThat(logInAs(name, new Browser()).statusCode()).isEqualTo(200);
    }

    @Test
    void errorPageCanGoOnWithoutTheRefusedSession() {
        String name = userLoggedInElsewhere();
        shop.page(WebServer.ERROR_PAGE, (request, answer) -> {
            answer.getWriter().write("log out elsewhere, " + read(request, "name"));
            request.getSession().setAttribute("seen", "refusal");
        });

        HttpResponse<String> refused = logInAs(name, browser);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("log out elsewhere, none");
        assertThat(attribute("seen")).isEqualTo("refusal");
    }

    @Test
    void loginCanAnswerARefusalItself() {
        String name = userLoggedInElsewhere();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            HttpSession refused = request.getSession();
            refused.setAttribute("name", name);
            try {
                LarderSessions.save(request);
            } catch (TooManySessionsException e) {
                assertThatIllegalStateException().isThrownBy(() -> refused.setAttribute("name", "other"));
                answer.getWriter().write("log out elsewhere, " + request.getSession(false));
            }
        });

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("log out elsewhere, null");
        assertThat(browser.hasCookie("SESSION")).isFalse();
    }

    @Test
    void whatIsSavedInBetweenIsThereAtOnce() {
        String seen = shop.visit(browser, (request, answer) -> {
                    LarderSessions.save(request); // nothing yet, which is nothing to complain of
                    request.getSession().setAttribute("user", "ann");
                    LarderSessions.save(request);
                    Browser other = new Browser()
                            .withCookie("SESSION", request.getSession().getId());
                    answer.getWriter()
                            .write(CompletableFuture.supplyAsync(() -> attribute(other, "user"))
                                    .join());
                    request.getSession().setAttribute("page", "1");
                })
                .body();

        assertThat(seen).isEqualTo("ann");
        assertThat(attribute("page")).isEqualTo("1");
    }

    @Test
    void errorPageIsShownWhereTheStoreIsAway() {
        login();
        shop.page(WebServer.ERROR_PAGE, (request, answer) -> answer.getWriter().write("come back later"));

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("cart", "tea");
            shop.probe().down(true);
        });
        shop.probe().down(false);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("come back later");
        assertThat(attribute("cart") + attribute("user")).isEqualTo("nullann");
    }

    @Test
    void errorPageIsShownWhereAnAttributeIsOfAnUnknownClass() {
        shop.page(WebServer.ERROR_PAGE, (request, answer) -> answer.getWriter().write("our mistake"));

        HttpResponse<String> response =
                shop.visit(browser, (request, answer) -> request.getSession().setAttribute("thing", new Object()));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("our mistake");
        assertThat(browser.hasCookie("SESSION")).isFalse();
    }

    /** Lets a thread of its own do something with a request, and complete that. */
    private HttpResponse<String> completeLater(Consumer<HttpServletRequest> action) {
        return shop.visit(browser, (request, answer) -> {
            AsyncContext async = request.startAsync();
            async.setTimeout(0); // never: who is not answered waits
            shop.later(() -> {
                action.accept((HttpServletRequest) async.getRequest());
                async.complete();
            });
        });
    }

    @Test
    void asyncRequestIsAnsweredWhereItsSessionIsRefused() {
        String name = userLoggedInElsewhere();
        shop.page(
                WebServer.ERROR_PAGE,
                (request, answer) -> answer.getWriter().write("log out elsewhere, " + read(request, "name")));

        HttpResponse<String> refused =
                completeLater(request -> request.getSession().setAttribute("name", name));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("log out elsewhere, none");
        assertThat(browser.hasCookie("SESSION")).isFalse();
    }

    @Test
    void asyncRequestIsAnsweredWhereItLoses() {
        login();

        HttpResponse<String> loser = completeLater(request -> {
            read(request, "cart");
            request.getSession().setAttribute("cart", "mine");
            meanwhile(request, "cart", "theirs");
        });

        assertThat(loser.statusCode()).isEqualTo(409);
        assertThat(attribute("cart")).isEqualTo("theirs");
    }

    @Test
    void asyncRequestIsAnsweredWhereTheStoreIsAway() {
        login();
        shop.page(WebServer.ERROR_PAGE, (request, answer) -> answer.getWriter().write("come back later"));

        HttpResponse<String> response = completeLater(request -> {
            request.getSession().setAttribute("cart", "tea");
            shop.probe().down(true);
        });
        shop.probe().down(false);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("come back later");
        assertThat(attribute("cart") + attribute("user")).isEqualTo("nullann");
    }

    @Test
    void asyncRequestIsAnsweredWhereAnAttributeIsOfAnUnknownClass() {
        HttpResponse<String> response =
                completeLater(request -> request.getSession().setAttribute("thing", new Object()));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(browser.hasCookie("SESSION")).isFalse();
    }

    @Test
    void asyncRequestCompletesWhereItIsTooLateToSayWhatFailed() {
        login();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            AsyncContext async = request.startAsync();
            async.setTimeout(0); // never: who is not answered waits
            request.getSession().setAttribute("cart", "tea");
            answer.getWriter().write("sent");
            answer.flushBuffer();
            shop.later(() -> {
                request.getSession().setAttribute("cart", "coffee");
                shop.probe().down(true);
                async.complete();
            });
        });
        shop.probe().down(false);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("sent");
        assertThat(attribute("cart")).isEqualTo("tea");
    }

    @Test
    void asyncRequestThatCompletesAtOnceIsAnsweredToo() {
        String name = userLoggedInElsewhere();

        HttpResponse<String> refused = shop.visit(browser, (request, answer) -> {
            AsyncContext async = request.startAsync();
            request.getSession().setAttribute("name", name);
            async.complete();
        });

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(browser.hasCookie("SESSION")).isFalse();
    }

    @Test
    void errorPageGoesOnWithTheSessionThatTheRefusedLoginHadRenamed() {
        String name = userLoggedInElsewhere();
        String before = login();
        shop.page(WebServer.ERROR_PAGE, (request, answer) -> {
            request.getSession().setAttribute("seen", "refusal");
            answer.getWriter().write(read(request, "user") + request.isRequestedSessionIdValid());
        });

        HttpResponse<String> refused = logInWithNewIdAs(name);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("annfalse");
        assertThat(browser.cookie("SESSION")).isNotEqualTo(before);
        assertThat(attribute("seen") + attribute("user") + attribute("name")).isEqualTo("refusalannnull");
    }

    @Test
    void errorPageGoesOnWithTheNewSessionAsItWasStored() {
        String name = userLoggedInElsewhere();
        shop.page(
                WebServer.ERROR_PAGE, (request, answer) -> request.getSession().setAttribute("seen", "refusal"));

        shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ann");
            LarderSessions.save(request);
            request.getSession().setAttribute("name", name);
        });

        assertThat(attribute("seen") + attribute("user") + attribute("name")).isEqualTo("refusalannnull");
    }

    @Test
    void resetAfterARefusalKeepsTheCookieOfTheSession() {
        String name = userLoggedInElsewhere();
        login();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.changeSessionId();
            request.getSession().setAttribute("name", name);
            try {
                LarderSessions.save(request);
            } catch (TooManySessionsException e) {
                answer.reset();
                answer.getWriter().write("log out elsewhere");
            }
        });

        assertThat(response.body()).isEqualTo("log out elsewhere");
        assertThat(Browser.setCookies(response)).hasSize(1);
        assertThat(attribute("user") + attribute("name")).isEqualTo("annnull");
    }

    @Test
    void resetAfterARefusalKeepsNoCookieOfASessionThatHasEnded() {
        String name = userLoggedInElsewhere();
        login();

        shop.visit(browser, (request, answer) -> {
            String id = request.changeSessionId();
            request.getSession().setAttribute("name", name);
            assertThatExceptionOfType(TooManySessionsException.class).isThrownBy(() -> LarderSessions.save(request));
            shop.store().invalidate(id);
            request.getSession(false);
            answer.reset();
        });

        assertThat(browser.hasCookie("SESSION")).isFalse();
    }

    @Test
    void failureThatAFrameworkWrapsIsAnsweredAsItself() {
        login();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            shop.probe().down(true);
            try {
                request.getSession();
            } catch (SessionStoreException e) {
                throw new ServletException("Request processing failed", e);
            }
        });
        shop.probe().down(false);

        assertThat(response.statusCode()).isEqualTo(503);
    }

    @Test
    void refusalAfterAForwardIsAnswered() {
        String name = userLoggedInElsewhere();
        shop.page("/welcome", (request, answer) -> answer.getWriter().write("welcome"));

        HttpResponse<String> refused = shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("name", name);
            request.getRequestDispatcher("/welcome").forward(request, answer);
        });

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).doesNotContain("welcome");
        assertThat(browser.hasCookie("SESSION")).isFalse();
    }
}
