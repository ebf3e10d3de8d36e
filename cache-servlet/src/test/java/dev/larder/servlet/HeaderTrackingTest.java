package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.TomcatServer;
import dev.larder.servlet.fixture.WebServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Ids by a header, for clients that are no browsers. */
class HeaderTrackingTest extends ContainerFixture {

    private static final String HEADER = "X-Auth-Token";

    @Override
    WebServer.Factory container() {
        return TomcatServer::start;
    }

    @Override
    LarderSessionFilterBuilder settings(LarderSessionFilterBuilder builder) {
        return super.settings(builder).header(HEADER);
    }

    private HttpResponse<String> begin() {
        return shop.visit(browser, (request, answer) -> {
            request.getSession().setAttribute("user", "ann");
            answer.getWriter().write("" + request.isRequestedSessionIdFromCookie());
        });
    }

    @Test
    void idComesAndGoesByTheHeader() {
        HttpResponse<String> begun = begin();
        String id = begun.headers().firstValue(HEADER).orElseThrow();

        assertThat(begun.body()).isEqualTo("false");
        assertThat(Browser.setCookies(begun)).isEmpty();
        assertThat(attribute(new Browser().withHeader(HEADER, id), "user")).isEqualTo("ann");
        assertThat(attribute(new Browser().withCookie("SESSION", id), "user")).isEqualTo("none");
    }

    @Test
    void endedSessionIsAnEmptyHeader() {
        String id = begin().headers().firstValue(HEADER).orElseThrow();
        Browser client = new Browser().withHeader(HEADER, id);

        HttpResponse<String> response =
                shop.visit(client, (request, answer) -> request.getSession().invalidate());

        assertThat(response.headers().firstValue(HEADER)).hasValue("");
        assertThat(attribute(client, "user")).isEqualTo("none");
    }
}
