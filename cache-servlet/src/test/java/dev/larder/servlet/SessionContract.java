package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.larder.servlet.fixture.Broken;
import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.Listening;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the standard says of sessions, in every container. */
abstract class SessionContract extends ContainerFixture {

    @Test
    void attributeIsThereInTheNextRequest() {
        login();

        assertThat(attribute("user")).isEqualTo("ann");
        assertThat(attribute(new Browser(), "user")).isEqualTo("none");
    }

    @Test
    void requestThatDoesNotAskForItsSessionAsksNoStore() {
        login();
        shop.probe().calls();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.getRequestedSessionId();
            request.isRequestedSessionIdFromCookie();
            answer.getWriter().write("static");
        });

        assertThat(response.body()).isEqualTo("static");
        assertThat(shop.probe().calls()).isZero();
        assertThat(Browser.setCookies(response)).isEmpty();
    }

    @Test
    void sessionThatWasNotChangedCostsOneRequestToTheStore() {
        login();
        shop.probe().calls();

        attribute("user");

        assertThat(shop.probe().calls()).isOne();
    }

    @Test
    void sessionThatIsNotToBeCreatedIsNull() {
        HttpResponse<String> response =
                shop.visit(browser, (request, answer) -> answer.getWriter().write("" + request.getSession(false)));

        assertThat(response.body()).isEqualTo("null");
        assertThat(Browser.setCookies(response)).isEmpty();
        assertThat(shop.probe().calls()).isZero();
    }

    @Test
    void valuesThatCannotBeIdsAskNoStore() {
        browser.withCookie("SESSION", "'; drop table sessions");

        assertThat(attribute("user")).isEqualTo("none");
        assertThat(shop.probe().calls()).isZero();
    }

    @Test
    void idThatTheClientMadeUpIsNotAdopted() {
        String madeUp = "A".repeat(43);
        browser.withCookie("SESSION", madeUp);

        assertThat(login()).isNotEqualTo(madeUp);
        assertThat(browser.cookie("SESSION")).isNotEqualTo(madeUp);
    }

    @Test
    void firstCookieThatHasASessionCounts() {
        String id = login();
        Browser confused = new Browser().withCookie("SESSION", "B".repeat(43) + "; SESSION=" + id);

        HttpResponse<String> response = shop.visit(
                confused,
                (request, answer) -> answer.getWriter()
                        .write(read(request, "user")
                                + request.getRequestedSessionId().equals(id)
                                + request.isRequestedSessionIdValid()));

        assertThat(response.body()).isEqualTo("anntruetrue");
    }

    @Test
    void timesAreThoseOfTheStandard() {
        HttpResponse<String> first =
                shop.visit(browser, (request, answer) -> answer.getWriter().write(times(request.getSession())));
        shop.pass(Duration.ofMinutes(5));
        HttpResponse<String> second =
                shop.visit(browser, (request, answer) -> answer.getWriter().write(times(request.getSession())));
        shop.pass(Duration.ofMinutes(5));
        HttpResponse<String> third =
                shop.visit(browser, (request, answer) -> answer.getWriter().write(times(request.getSession())));

        assertThat(first.body()).isEqualTo("new 0 1800");
        assertThat(second.body()).isEqualTo("old 0 1800");
        assertThat(third.body()).isEqualTo("old 300000 1800");
    }

    private static String times(HttpSession session) {
        return (session.isNew() ? "new " : "old ") + (session.getLastAccessedTime() - session.getCreationTime()) + " "
                + session.getMaxInactiveInterval();
    }

    @Test
    void idleSessionEnds() {
        login();
        shop.pass(Duration.ofMinutes(29));
        assertThat(attribute("user")).isEqualTo("ann");

        shop.pass(Duration.ofMinutes(31));

        assertThat(attribute("user")).isEqualTo("none");
    }

    @Test
    void inactiveIntervalCanBeChanged() {
        login();
        shop.visit(browser, (request, answer) -> request.getSession().setMaxInactiveInterval(60));

        shop.pass(Duration.ofSeconds(61));

        assertThat(attribute("user")).isEqualTo("none");
    }

    @Test
    void invalidSessionIsOfNoUse() {
        String id = login();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            HttpSession session = request.getSession();
            session.invalidate();
            assertThatIllegalStateException().isThrownBy(() -> session.getAttribute("user"));
            assertThatIllegalStateException().isThrownBy(() -> session.setAttribute("user", "ben"));
            assertThatIllegalStateException().isThrownBy(() -> session.removeAttribute("user"));
            assertThatIllegalStateException().isThrownBy(session::getAttributeNames);
            assertThatIllegalStateException().isThrownBy(session::getCreationTime);
            assertThatIllegalStateException().isThrownBy(session::getLastAccessedTime);
            assertThatIllegalStateException().isThrownBy(session::isNew);
            assertThatIllegalStateException().isThrownBy(session::invalidate);
            answer.getWriter()
                    .write(session.getId().equals(id) + " " + request.getSession(false) + " "
                            + request.isRequestedSessionIdValid());
        });

        assertThat(response.body()).isEqualTo("true null false");
        assertThat(browser.hasCookie("SESSION")).isFalse();
        assertThat(attribute(new Browser().withCookie("SESSION", id), "user")).isEqualTo("none");
    }

    @Test
    void afterInvalidateThereCanBeAnother() {
        String id = login();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.getSession().invalidate();
            request.getSession().setAttribute("user", "ben");
        });

        assertThat(Browser.setCookies(response)).hasSize(1);
        assertThat(browser.cookie("SESSION")).isNotEqualTo(id);
        assertThat(attribute("user")).isEqualTo("ben");
    }

    @Test
    void changedIdIsTheOnlyOne() {
        String id = login();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            answer.addHeader("Set-Cookie", "other=1");
            request.changeSessionId();
            String last = request.changeSessionId();
            answer.getWriter()
                    .write(last + " " + request.getSession().getId() + " " + request.isRequestedSessionIdValid());
        });

        String changed = browser.cookie("SESSION");
        assertThat(changed).isNotEqualTo(id);
        assertThat(response.body()).isEqualTo(changed + " " + changed + " false");
        assertThat(Browser.setCookies(response)).hasSize(2);
        assertThat(attribute("user")).isEqualTo("ann");
        assertThat(attribute(new Browser().withCookie("SESSION", id), "user")).isEqualTo("none");
    }

    @Test
    void withoutASessionThereIsNoIdToChange() {
        shop.visit(
                browser, (request, answer) -> assertThatIllegalStateException().isThrownBy(request::changeSessionId));
        assertThat(shop.visit(browser, (request, answer) -> {
                            try {
                                request.changeSessionId();
                            } catch (IllegalStateException e) {
                                answer.getWriter().write("refused");
                            }
                        })
                        .body())
                .isEqualTo("refused");
    }

    @Test
    void namesAreThoseOfTheAttributes() {
        login();

        String names = shop.visit(browser, (request, answer) -> {
                    HttpSession session = request.getSession();
                    session.setAttribute("cart", 3);
                    session.setAttribute("user", null);
                    answer.getWriter()
                            .write(Collections.list(session.getAttributeNames()).toString());
                })
                .body();

        assertThat(names).isEqualTo("[cart]");
        assertThat(attribute("cart")).isEqualTo("3");
        assertThat(attribute("user")).isEqualTo("null");
    }

    @Test
    void listenersHearWhatTheStandardSays() {
        login();
        shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ben");
            request.getSession().setAttribute("cart", 1);
            request.getSession().removeAttribute("cart");
            request.getSession().removeAttribute("nothing");
            request.changeSessionId();
        });
        shop.visit(browser, (request, answer) -> request.getSession().invalidate());

        assertThat(listener.heard())
                .containsExactly(
                        "created",
                        "added user=ann",
                        "replaced user=ann",
                        "added cart=1",
                        "removed cart=1",
                        "id changed",
                        "destroyed with ben",
                        "removed user=ben");
    }

    @Test
    void sessionThatIsFoundExpiredIsToldOf() {
        login();
        listener.heard();
        shop.pass(Duration.ofHours(1));

        attribute("user");

        assertThat(listener.heard()).containsExactly("destroyed with ann", "removed user=ann");
    }

    @Test
    void sessionThatTheApplicationEndsByTheStoreIsToldOf() {
        String id = login();
        listener.heard();

        assertThat(shop.store().invalidate(id)).isTrue();

        assertThat(listener.heard()).containsExactly("destroyed with ann", "removed user=ann");
        assertThat(attribute("user")).isEqualTo("none");
    }

    @Test
    void attributesHearWhatBecomesOfThem() {
        Listening.heard();
        shop.visit(browser, (request, answer) -> request.getSession().setAttribute("a", new Listening("first")));
        assertThat(Listening.heard()).containsExactly("first bound as a", "first passivated");

        shop.visit(browser, (request, answer) -> {
            Object first = request.getSession().getAttribute("a");
            request.getSession().setAttribute("a", first);
            request.getSession().setAttribute("a", new Listening("second"));
        });
        assertThat(Listening.heard())
                .containsExactly("first activated", "second bound as a", "first unbound from a", "second passivated");

        shop.visit(browser, (request, answer) -> request.getSession().invalidate());
        assertThat(Listening.heard()).containsExactly("second unbound from a");
    }

    @Test
    void attributeThatCannotBeReadIsMissing() {
        shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ann");
            request.getSession().setAttribute("old", new Broken());
        });
        Broken.change(true);

        HttpResponse<String> response = shop.visit(
                browser, (request, answer) -> answer.getWriter().write(read(request, "old") + read(request, "user")));
        Broken.change(false);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("nullann");
    }

    @Test
    void parallelRequestsKeepWhatEachChanged() {
        login();
        String slow = shop.visit(browser, (request, answer) -> {
                    HttpSession session = request.getSession();
                    session.getAttribute("user");
                    session.setAttribute("slow", "1");
                    Browser other = new Browser().withCookie("SESSION", session.getId());
                    CompletableFuture.runAsync(() -> shop.visit(
                                    other,
                                    (second, ignored) -> second.getSession().setAttribute("fast", "2")))
                            .join();
                    answer.getWriter().write("done");
                })
                .body();

        assertThat(slow).isEqualTo("done");
        assertThat(attribute("slow") + attribute("fast") + attribute("user")).isEqualTo("12ann");
    }

    @Test
    void lateRequestDoesNotBringBackAnEndedSession() {
        String id = login();

        HttpResponse<String> late = shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("late", "1");
            shop.store().invalidate(id);
        });

        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(attribute(new Browser().withCookie("SESSION", id), "late")).isEqualTo("none");
    }

    @Test
    void threadsOfARequestShareItsSession() {
        String same = shop.visit(browser, (request, answer) -> {
                    CompletableFuture<HttpSession> one = CompletableFuture.supplyAsync(request::getSession);
                    CompletableFuture<HttpSession> two = CompletableFuture.supplyAsync(request::getSession);
                    answer.getWriter().write("" + (one.join() == two.join() && one.join() == request.getSession()));
                })
                .body();

        assertThat(same).isEqualTo("true");
    }

    @Test
    void urlsHaveNoIds() {
        login();

        String urls = shop.visit(browser, (request, answer) -> {
                    request.getSession();
                    answer.getWriter().write(answer.encodeURL("/a") + answer.encodeRedirectURL("/b"));
                    answer.getWriter().write("" + request.isRequestedSessionIdFromURL());
                })
                .body();

        assertThat(urls).isEqualTo("/a/bfalse");
    }

    @Test
    void excludedPathsAreLeftToTheContainer() {
        shop.page("/static/page", (request, answer) -> answer.getWriter().write("" + wraps(request)));
        shop.page("/dynamic/page", (request, answer) -> answer.getWriter().write("" + wraps(request)));

        assertThat(shop.get(browser, "/static/page").body()).isEqualTo("false");
        assertThat(shop.get(browser, "/dynamic/page").body()).isEqualTo("true");
        assertThat(shop.get(browser, "/static/../dynamic/page").body()).isEqualTo("true");
    }

    private static boolean wraps(HttpServletRequest request) {
        return request instanceof SessionRequest;
    }

    @Test
    void storeThatIsAwayIsAnswered503() {
        login();
        shop.probe().down(true);

        assertThat(shop.visit(browser, (request, answer) -> request.getSession())
                        .statusCode())
                .isEqualTo(503);
        assertThat(shop.visit(new Browser(), (request, answer) -> request.getSession())
                        .statusCode())
                .isEqualTo(503);
        assertThat(shop.visit(browser, (request, answer) -> answer.setStatus(204))
                        .statusCode())
                .isEqualTo(204);

        shop.probe().down(false);
        assertThat(attribute("user")).isEqualTo("ann");
    }

    @Test
    void logoutThatFailsCanBeRepeated() {
        String id = login();

        int failed = shop.visit(browser, (request, answer) -> {
                    HttpSession session = request.getSession();
                    shop.probe().down(true);
                    session.invalidate();
                })
                .statusCode();
        shop.probe().down(false);

        assertThat(failed).isEqualTo(503);
        assertThat(browser.cookie("SESSION")).isEqualTo(id);
        shop.visit(browser, (request, answer) -> request.getSession().invalidate());
        assertThat(attribute(new Browser().withCookie("SESSION", id), "user")).isEqualTo("none");
    }
}
