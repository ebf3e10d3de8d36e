package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spring.session.SessionsInUse.HeldId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SessionsInUseTest {

    private final SessionsInUse inUse = new SessionsInUse();

    @Test
    void idOfASessionThatNobodyHasIsNotKnown() {
        assertThat(inUse.find("key")).isNull();
    }

    @Test
    void idIsKnownWhileItIsHeld() {
        HeldId held = inUse.hold("key", "id");

        assertThat(inUse.find("key")).isSameAs(held);
        assertThat(held.id()).isEqualTo("id");
    }

    @Test
    void requestsWithTheSameSessionShareItsId() {
        HeldId first = inUse.hold("key", "id");
        HeldId second = inUse.hold("key", "id");

        assertThat(second).isSameAs(first);
    }

    @Test
    @Timeout(300)
    void idIsForgottenWhenNobodyHoldsItAnyMore() throws InterruptedException {
        holdForAMoment();

        while (inUse.size() > 0) {
            System.gc();
            Thread.sleep(10); // The collector tells when it likes.
        }

        assertThat(inUse.find("key")).isNull();
    }

    private void holdForAMoment() {
        assertThat(inUse.hold("key", "id")).isNotNull();
    }
}
