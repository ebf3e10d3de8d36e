package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.Pages.Content;
import dev.larder.servlet.fixture.WebServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The session is stored before the client can see the response, in whatever way that is sent, in every container. */
abstract class CommitContract extends ContainerFixture {

    /** What makes a container send what it has. The last write of each is one byte too many for the buffer, or the last of the length. */
    enum Way {
        FLUSH_BUFFER((request, response) -> response.flushBuffer()),
        FLUSH_STREAM((request, response) -> response.getOutputStream().flush()),
        FLUSH_WRITER((request, response) -> response.getWriter().flush()),
        CHECK_ERROR((request, response) -> response.getWriter().checkError()),
        CLOSE_STREAM((request, response) -> response.getOutputStream().close()),
        CLOSE_WRITER((request, response) -> response.getWriter().close()),
        FULL_STREAM((request, response) -> {
            byte[] piece = new byte[1_000];
            for (int written = 0; written <= response.getBufferSize(); written += piece.length) {
                response.getOutputStream().write(piece);
            }
        }),
        BYTE_BY_BYTE((request, response) -> {
            for (int written = 0; written <= response.getBufferSize(); written++) {
                response.getOutputStream().write('x');
            }
        }),
        FULL_WRITER((request, response) -> {
            response.setCharacterEncoding("UTF-8");
            for (int written = 0; written <= response.getBufferSize(); written += 30) {
                response.getWriter().print("ten signs ");
                response.getWriter().append("ten").append(' ').write("€€€€€".toCharArray());
                response.getWriter().println(5);
            }
            response.getWriter().flush();
        }),
        LARGE_WRITE((request, response) -> response.getOutputStream().write(new byte[response.getBufferSize() + 1])),
        LARGE_PART((request, response) -> {
            response.getOutputStream().write(new byte[response.getBufferSize() / 3]);
            response.flushBuffer();
        }),
        WHOLE_LENGTH((request, response) -> {
            response.setContentLength(5);
            response.getOutputStream().print("hello");
            response.getOutputStream().close();
        }),
        WHOLE_LENGTH_BY_HEADER((request, response) -> {
            response.setHeader("Content-Length", "5");
            response.getWriter().print("hello");
            response.getWriter().close();
        }),
        AFTER_RESET((request, response) -> {
            response.getWriter().print("hello");
            response.reset();
            response.getOutputStream().flush();
        });

        @SuppressWarnings("ImmutableEnumChecker") // a lambda that has nothing to change
        private final Content content;

        Way(Content content) {
            this.content = content;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheClientHasSeenIsStored(Way way) {
        CompletableFuture<String> seen = new CompletableFuture<>();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ann");
            way.content.write(request, answer);
            seen.complete(seenBySomebodyElse(request));
        });

        assertThat(seen)
                .as("what another request saw then")
                .succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo("ann");
        assertThat(Browser.setCookies(response)).hasSize(1);
        assertThat(attribute("user")).isEqualTo("ann");
    }

    /** Asks for the attribute by another request, while this one has not ended. */
    private String seenBySomebodyElse(HttpServletRequest request) {
        Browser other = new Browser().withCookie("SESSION", request.getSession().getId());
        return CompletableFuture.supplyAsync(() -> attribute(other, "user")).join();
    }

    @Test
    void whatIsInTheBufferOnlyIsNotStoredYet() {
        AtomicReference<String> seen = new AtomicReference<>();

        shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ann");
            answer.getWriter().write("small");
            seen.set(seenBySomebodyElse(request));
        });

        assertThat(seen.get()).isEqualTo("none");
        assertThat(attribute("user")).isEqualTo("ann");
    }

    @Test
    void changesAfterTheCommitAreStoredAtTheEnd() {
        shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ann");
            answer.flushBuffer();
            request.getSession().setAttribute("user", "ben");
            answer.getWriter().write("late");
        });

        assertThat(attribute("user")).isEqualTo("ben");
    }

    @Test
    void afterTheCommitNoSessionCanBegin() {
        shop.visit(browser, (request, answer) -> {
            answer.flushBuffer();
            assertThatIllegalStateException().isThrownBy(request::getSession);
            answer.getWriter().write("checked");
        });
        login();

        String body = shop.visit(browser, (request, answer) -> {
                    answer.flushBuffer();
                    request.getSession().setAttribute("late", "1");
                    assertThatIllegalStateException().isThrownBy(request::changeSessionId);
                    answer.getWriter().write("checked");
                })
                .body();

        assertThat(body).isEqualTo("checked");
        assertThat(attribute("late")).isEqualTo("1");
    }

    @Test
    void redirectComesWithTheCookie() {
        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ann");
            answer.sendRedirect("elsewhere");
        });

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(attribute("user")).isEqualTo("ann");
    }

    @Test
    void errorComesWithTheCookie() {
        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ann");
            answer.sendError(410, "gone");
        });

        assertThat(response.statusCode()).isEqualTo(410);
        assertThat(attribute("user")).isEqualTo("ann");
    }

    @Test
    void errorPageGoesOnWithTheSession() {
        shop.page(WebServer.ERROR_PAGE, (request, answer) -> {
            answer.getWriter().write("page for " + read(request, "user"));
            request.getSession().setAttribute("seen", "error");
        });

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ann");
            answer.sendError(418);
        });

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("page for ann");
        assertThat(attribute("seen") + attribute("user")).isEqualTo("errorann");
    }

    @Test
    void errorPageCanBeginTheSession() {
        shop.page(
                WebServer.ERROR_PAGE, (request, answer) -> request.getSession().setAttribute("seen", "error"));

        shop.visit(browser, (request, answer) -> answer.sendError(418));

        assertThat(attribute("seen")).isEqualTo("error");
    }

    @Test
    void failedRequestKeepsWhatItHadChanged() {
        login();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ben");
            throw new IllegalArgumentException("for the test");
        });

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(attribute("user")).isEqualTo("ben");
    }

    @Test
    void forwardAndIncludeShareTheSession() {
        shop.page("/part", (request, answer) -> {
            request.getSession().setAttribute("part", "1");
            answer.getWriter()
                    .write(request.getAttribute("id")
                                    .equals(request.getSession().getId()) + " ");
        });

        HttpResponse<String> included = shop.visit(browser, (request, answer) -> {
            request.setAttribute("id", request.getSession().getId());
            request.getRequestDispatcher("/part").include(request, answer);
            answer.getWriter().write("included");
        });
        assertThat(included.body()).isEqualTo("true included");
        assertThat(attribute("part")).isEqualTo("1");

        browser = new Browser();
        HttpResponse<String> forwarded = shop.visit(browser, (request, answer) -> {
            request.setAttribute("id", request.getSession().getId());
            request.getRequestDispatcher("/part").forward(request, answer);
        });
        assertThat(forwarded.body()).isEqualTo("true ");
        assertThat(attribute("part")).isEqualTo("1");
    }

    @Test
    void includedPageCanBeginTheSession() {
        shop.page("/begin", (request, answer) -> request.getSession().setAttribute("user", "ann"));

        shop.visit(browser, (request, answer) -> {
            request.getRequestDispatcher("/begin").include(request, answer);
            answer.getWriter().write("included");
        });

        assertThat(attribute("user")).isEqualTo("ann");
    }

    @Test
    void asyncRequestStoresBeforeItCompletes() {
        shop.visit(browser, (request, answer) -> {
            AsyncContext async = request.startAsync();
            shop.later(() -> {
                write(async, "user", "ann");
                async.complete();
            });
        });

        assertThat(attribute("user")).isEqualTo("ann");
    }

    @Test
    void asyncContextCanBeAskedForAgain() {
        shop.visit(browser, (request, answer) -> {
            request.startAsync();
            shop.later(() -> {
                write(request.getAsyncContext(), "user", "ann");
                request.getAsyncContext().complete();
            });
        });

        assertThat(attribute("user")).isEqualTo("ann");
    }

    @Test
    void asyncDispatchGoesOnWithTheSession() {
        shop.page("/dispatched", (request, answer) -> {
            request.getSession().setAttribute("dispatched", "1");
            answer.getWriter().write("with " + read(request, "user"));
        });

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            AsyncContext async = request.startAsync(request, answer);
            shop.later(() -> {
                write(async, "user", "ann");
                async.dispatch("/dispatched");
            });
        });

        assertThat(response.body()).isEqualTo("with ann");
        assertThat(attribute("dispatched") + attribute("user")).isEqualTo("1ann");
    }

    @Test
    void timedOutRequestStores() {
        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            AsyncContext async = request.startAsync();
            async.setTimeout(50);
            async.addListener(new CompletingListener());
            request.getSession().setAttribute("user", "ann");
        });

        assertThat(response.body()).isEqualTo("too slow");
        assertThat(attribute("user") + attribute("timeout")).isEqualTo("annheard");
    }

    /** Completes a request that has taken too long. */
    private static final class CompletingListener implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            write(event.getAsyncContext(), "timeout", "heard");
            event.getAsyncContext().getResponse().getWriter().write("too slow");
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private static void write(AsyncContext async, String name, String value) {
        ((HttpServletRequest) async.getRequest()).getSession().setAttribute(name, value);
    }

    @Test
    void contentIsWhatThePageWrote() {
        String expected = "€ and more ".repeat(3_000);

        HttpResponse<String> written = shop.visit(browser, (request, answer) -> {
            answer.setContentType("text/plain;charset=UTF-8");
            request.getSession();
            answer.getWriter().print(expected);
        });
        HttpResponse<String> streamed = shop.visit(browser, (request, answer) -> {
            answer.setContentType("text/plain;charset=UTF-8");
            request.getSession();
            answer.getOutputStream().write(expected.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });

        assertThat(written.body()).isEqualTo(expected);
        assertThat(streamed.body()).isEqualTo(expected);
        assertThat(Arrays.asList(written.statusCode(), streamed.statusCode())).containsOnly(HttpServletResponse.SC_OK);
    }
}
