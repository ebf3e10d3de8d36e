package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.patterns.session.SessionStoreException;
import dev.larder.patterns.session.internal.record.Activate;
import dev.larder.patterns.session.internal.record.Leave;
import dev.larder.patterns.session.internal.record.Prepare;
import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.Pages.Content;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session gets another id now and then, and its user notices nothing. */
abstract class RenewalContract extends ContainerFixture {

    private static final Duration DUE = Duration.ofMinutes(15);
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Override
    SessionStoreBuilder storeSettings(SessionStoreBuilder builder) {
        return builder.renewIdAfter(DUE).renewalGrace(GRACE);
    }

    private HttpResponse<String> visit(Browser of) {
        return shop.visit(of, (request, answer) -> answer.getWriter().write(read(request, "user")));
    }

    private HttpResponse<String> visitWith(String id) {
        return visit(new Browser().withCookie("SESSION", id));
    }

    @Test
    void idIsRenewedWhenThatIsDue() {
        String first = login();
        shop.pass(DUE.minusSeconds(1));
        assertThat(Browser.setCookies(visit(browser))).isEmpty();
        listener.heard();

        shop.pass(Duration.ofSeconds(1));
        HttpResponse<String> response = visit(browser);

        assertThat(response.body()).isEqualTo("ann");
        assertThat(browser.cookie("SESSION")).isNotEqualTo(first);
        assertThat(listener.heard()).containsExactly("id changed");
        assertThat(Browser.setCookies(visit(browser))).isEmpty();
    }

    @Test
    void idIsRenewedAgainAndAgain() {
        login();
        List<String> ids = IntStream.range(0, 4)
                .mapToObj(i -> {
                    shop.pass(DUE);
                    assertThat(visit(browser).body()).isEqualTo("ann");
                    return browser.cookie("SESSION");
                })
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void requestsThatAreUnderWayFindTheSessionByTheOldId() {
        String first = login();
        shop.pass(DUE);
        visit(browser);

        HttpResponse<String> late = visitWith(first);
        assertThat(late.body()).isEqualTo("ann");
        assertThat(Browser.setCookies(late)).isEmpty();

        shop.pass(GRACE);
        assertThat(visitWith(first).body()).isEqualTo("none");
        assertThat(visit(browser).body()).isEqualTo("ann");
    }

    @Test
    void whatALateRequestChangesIsKept() {
        String first = login();
        shop.pass(DUE);
        visit(browser);

        shop.visit(
                new Browser().withCookie("SESSION", first),
                (request, answer) -> request.getSession().setAttribute("late", "1"));

        assertThat(attribute("late")).isEqualTo("1");
    }

    @Test
    void oneOfParallelRequestsRenews() {
        String first = login();
        shop.pass(DUE);

        List<CompletableFuture<HttpResponse<String>>> requests = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> visitWith(first)))
                .limit(4)
                .toList();
        List<HttpResponse<String>> responses =
                requests.stream().map(CompletableFuture::join).toList();

        assertThat(responses).extracting(HttpResponse::body).containsOnly("ann");
        assertThat(responses.stream().flatMap(response -> Browser.setCookies(response).stream()))
                .hasSize(1);
    }

    @Test
    void requestsWithoutASessionRenewNothing() {
        String id = login();
        shop.pass(DUE);

        HttpResponse<String> response =
                shop.visit(browser, (request, answer) -> answer.getWriter().write("static"));

        assertThat(Browser.setCookies(response)).isEmpty();
        assertThat(browser.cookie("SESSION")).isEqualTo(id);
    }

    @Test
    void idStaysWhereTheClientCannotBeTold() {
        String id = login();
        shop.pass(DUE);

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            answer.flushBuffer();
            answer.getWriter().write(Objects.toString(request.getSession(false).getAttribute("user")));
        });

        assertThat(response.body()).isEqualTo("ann");
        assertThat(browser.cookie("SESSION")).isEqualTo(id);
        assertThat(visit(browser).body()).isEqualTo("ann");
        assertThat(browser.cookie("SESSION")).isNotEqualTo(id);
    }

    @Test
    void slowRequestTakesTheSessionFromNoOther() {
        Browser other = new Browser().withCookie("SESSION", login());
        shop.pass(DUE);

        HttpResponse<String> slow = shop.visit(browser, (request, answer) -> {
            read(request, "user");
            shop.pass(GRACE);
            answer.getWriter()
                    .write(CompletableFuture.supplyAsync(() -> visit(other).body())
                            .join());
        });

        assertThat(slow.body()).isEqualTo("ann");
        assertThat(Browser.setCookies(slow)).isEmpty();
        assertThat(visit(other).body()).isEqualTo("ann");
    }

    @Test
    void idIsRenewedBeforeTheCommitAndNotEarlier() {
        login();
        shop.pass(DUE);

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            HttpSession session = request.getSession();
            String found = session.getId();
            LarderSessions.save(request);
            boolean isKept = session.getId().equals(found) && request.isRequestedSessionIdValid();
            answer.flushBuffer();
            answer.getWriter().write(isKept + " " + session.getId().equals(found));
        });

        assertThat(response.body()).isEqualTo("true false");
        assertThat(visit(browser).body()).isEqualTo("ann");
        assertThat(visitWith(browser.cookie("SESSION")).body()).isEqualTo("ann");
    }

    @Test
    void asyncRequestRenewsWhenItCompletes() {
        login();
        shop.pass(DUE);

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            AsyncContext async = request.startAsync();
            shop.later(() -> {
                read((HttpServletRequest) async.getRequest(), "user");
                shop.pass(GRACE);
                async.complete();
            });
        });

        assertThat(Browser.setCookies(response)).hasSize(1);
        assertThat(visit(browser).body()).isEqualTo("ann");
    }

    @Test
    void renewalThatFailsIsDueInTheNextRequest() {
        String id = login();
        shop.pass(DUE);

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            read(request, "user");
            LarderSessions.save(request);
            shop.probe().down(true);
            answer.getWriter().write("done");
        });
        shop.probe().down(false);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(browser.cookie("SESSION")).isEqualTo(id);
        assertThat(visit(browser).body()).isEqualTo("ann");
        assertThat(browser.cookie("SESSION")).isNotEqualTo(id);
    }

    /** How a page ends a response before its own end. */
    enum Way {
        FORWARD((request, answer) -> request.getRequestDispatcher("/forwarded").forward(request, answer)),
        REDIRECT((request, answer) -> answer.sendRedirect("elsewhere")),
        ERROR((request, answer) -> answer.sendError(410)),
        ERROR_WITH_PAGE((request, answer) -> answer.sendError(418)),
        CLOSE((request, answer) -> answer.getWriter().close());

        @SuppressWarnings("ImmutableEnumChecker") // a lambda that has nothing to change
        private final Content content;

        Way(Content content) {
            this.content = content;
        }
    }

    @ParameterizedTest
    @EnumSource
    void idIsRenewedHoweverTheResponseEnds(Way way) {
        String id = login();
        shop.page("/forwarded", (request, answer) -> answer.getWriter().write("forwarded"));
        shop.pass(DUE);

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            read(request, "user");
            way.content.write(request, answer);
        });

        assertThat(Browser.setCookies(response)).hasSize(1);
        assertThat(browser.cookie("SESSION")).isNotEqualTo(id);
        assertThat(visit(browser).body()).isEqualTo("ann");
    }

    @Test
    void requestThatFailsTakesTheSessionFromNobody() {
        login();
        shop.pass(DUE);

        shop.visit(browser, (request, answer) -> {
            read(request, "user");
            throw new IllegalStateException("for the test");
        });
        shop.pass(GRACE);

        assertThat(visit(browser).body()).isEqualTo("ann");
    }

    /** Twice: an answer that is lost once is asked for again. */
    @ParameterizedTest
    @ValueSource(classes = {Leave.class, Activate.class})
    void renewedIdIsToldThoughTheStoreDoesNotSayThatItIsValid(Class<?> step) {
        String first = login();
        shop.pass(DUE);
        listener.heard();
        shop.probe().loseAnswers(step, 2);

        HttpResponse<String> response = visit(browser);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ann");
        assertThat(browser.cookie("SESSION")).isNotEqualTo(first);
        assertThat(listener.heard()).containsExactly("id changed");
        shop.pass(GRACE);
        assertThat(visit(browser).body()).isEqualTo("ann");
        assertThat(visitWith(first).body()).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(classes = {Leave.class, Activate.class})
    void changedIdIsToldThoughTheStoreDoesNotSayThatItIsValid(Class<?> step) {
        String first = login();
        listener.heard();
        shop.probe().loseAnswers(step, 2);

        shop.visit(browser, (request, answer) -> request.changeSessionId());

        assertThat(browser.cookie("SESSION")).isNotEqualTo(first);
        assertThat(listener.heard()).containsExactly("id changed");
        assertThat(visit(browser).body()).isEqualTo("ann");
        assertThat(visitWith(first).body()).isEqualTo("none");
    }

    @Test
    void loginThatGoesOnAfterSuchADoubtIsStored() {
        login();
        shop.probe().loseAnswers(Activate.class, 2);

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            try {
                request.changeSessionId();
            } catch (SessionStoreException e) {
                request.getSession().setAttribute("user", "ben");
            }
        });

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(visit(browser).body()).isEqualTo("ben");
    }

    /** The first step: the old id is as good as it was. */
    @Test
    void idThatCouldNotBeChangedIsKept() {
        String first = login();
        shop.probe().loseAnswers(Prepare.class, 1);

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> request.changeSessionId());

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(browser.cookie("SESSION")).isEqualTo(first);
        assertThat(visit(browser).body()).isEqualTo("ann");
    }
}
