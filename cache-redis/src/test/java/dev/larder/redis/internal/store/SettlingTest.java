package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private final FakeTime time = new FakeTime();
    private int doubts;
    private int looks;
    private boolean isServerAway;
    private final Settling settling =
            new Settling("cache", this::settleOne, () -> doubts > 0, Duration.ofSeconds(3), time, Runnable::run);

    private boolean settleOne() {
        looks++;
        if (isServerAway) {
            throw new StoreException("away", Applied.NO, null);
        }
        return --doubts > 0;
    }

    private void doubt(int more) {
        doubts += more;
        settling.begin();
    }

    @Test
    void allDoubtsAreSettledAMomentLater() {
        doubt(3);
        assertThat(looks).isZero();

        time.advance(Duration.ofMinutes(1));

        assertThat(doubts).isZero();
        assertThat(looks).isEqualTo(3);
        assertThat(time.pendingTasks()).isZero();
    }

    /** The tooth: what an operation has put on the new server, and notes when it ends, would be removed. */
    @Test
    void nothingIsLookedAtWhileOperationsMayGoOnThatTheSuccessionMet() {
        doubt(1);

        time.advance(Duration.ofSeconds(3));
        assertThat(looks).isZero();
        time.advance(Duration.ofSeconds(1));
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void nothingBeginsWithoutDoubts() {
        settling.begin();

        assertThat(time.pendingTasks()).isZero();
    }

    @Test
    void doubtsThatComeWhileItIsUnderWayBeginNoOther() {
        doubt(1);
        doubt(1);

        assertThat(time.pendingTasks()).isEqualTo(1);
        time.advance(Duration.ofMinutes(1));
        assertThat(doubts).isZero();
    }

    @Test
    void serverThatIsAwayIsAskedAfterLongerAndLongerPauses() {
        isServerAway = true;
        doubt(1);

        time.advance(Duration.ofHours(1));
        assertThat(looks).isBetween(60, 70);
        isServerAway = false;
        time.advance(Duration.ofMinutes(1));
        assertThat(doubts).isZero();

        doubt(1);
        time.advance(Duration.ofMinutes(1));
        assertThat(doubts).isZero();
    }

    @Test
    void closeEndsIt() {
        isServerAway = true;
        doubt(1);
        time.advance(Duration.ofMinutes(5));
        int before = looks;

        settling.close();
        time.advance(Duration.ofHours(1));
        doubt(1);

        assertThat(looks).isEqualTo(before);
        assertThat(time.pendingTasks()).isZero();
    }
}
