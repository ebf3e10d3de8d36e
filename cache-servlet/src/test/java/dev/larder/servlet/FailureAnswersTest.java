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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FailureAnswersTest {

    @Test
    @Timeout(60)
    void statusOfARefusalIsAsSet() {
        try (Shop shop = Shop.open(
                TomcatServer::start,
                Providers.LARDER,
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
        assertThat(FailureAnswers.DEFAULT.has(new IllegalStateException())).isFalse();
        assertThat(FailureAnswers.DEFAULT.statusOf(new SessionStoreException("away", null)))
                .isEqualTo(503);
        assertThat(FailureAnswers.DEFAULT.statusOf(new SessionConflictException()))
                .isEqualTo(409);
    }
}
