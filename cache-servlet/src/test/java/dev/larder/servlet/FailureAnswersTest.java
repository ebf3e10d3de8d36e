package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.SessionStoreException;
import dev.larder.patterns.session.WhenTooMany;
import dev.larder.servlet.fixture.Browser;
import dev.larder.servlet.fixture.Providers;
import dev.larder.servlet.fixture.Shop;
import dev.larder.servlet.fixture.TomcatServer;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FailureAnswersTest {

    @Test
    @Timeout(300)
    void statusOfARefusalIsAsSet() {
        try (Shop shop = Shop.open(
                TomcatServer::start,
                Providers.LARDER.newManager(),
                filter -> filter.tooManySessionsStatus(403),
                store -> store.index("name").maxSessions("name", 1, WhenTooMany.REFUSE_NEW))) {
            assertThat(logIn(shop)).isEqualTo(200);
            assertThat(logIn(shop)).isEqualTo(403);
        }
    }

    private static int logIn(Shop shop) {
        return shop.visit(
                        new Browser(), (request, answer) -> request.getSession().setAttribute("name", "ann"))
                .statusCode();
    }

    @Test
    void statusIsThatOfAnError() {
        LarderSessionFilterBuilder builder = LarderSessionFilter.builder(
                SessionStore.in(Providers.LARDER.newManager(), "sessions").build());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.tooManySessionsStatus(302))
                .withMessage("tooManySessionsStatus must be an error's, from 400 to 599: 302");
    }

    @Test
    void otherFailuresAreTheContainersToAnswer() {
        assertThat(FailureAnswers.DEFAULT.refusalIn(new IllegalStateException()))
                .isNull();
        SessionStoreException away = new SessionStoreException("away", null);
        assertThat(FailureAnswers.DEFAULT.refusalIn(away)).isSameAs(away);
    }

    @Test
    void failureIsFoundInWhatAFrameworkThrows() {
        SessionConflictException conflict = new SessionConflictException();
        IllegalStateException tag = new IllegalStateException("in a tag", conflict);

        assertThat(FailureAnswers.DEFAULT.refusalIn(new ServletException("Request processing failed", conflict)))
                .isSameAs(conflict);
        assertThat(FailureAnswers.DEFAULT.refusalIn(new ServletException("in a page", tag)))
                .isSameAs(conflict);
    }

    @Test
    void failureThatTheApplicationWrappedIsItsOwnToAnswer() {
        assertThat(FailureAnswers.DEFAULT.refusalIn(new IllegalStateException(new SessionConflictException())))
                .isNull();
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        IllegalStateException first = new IllegalStateException();
        first.initCause(new IllegalArgumentException(first));

        assertThat(FailureAnswers.DEFAULT.refusalIn(new ServletException(first)))
                .isNull();
        assertThat(FailureAnswers.DEFAULT.refusalIn(new ServletException("without a cause")))
                .isNull();
    }
}
