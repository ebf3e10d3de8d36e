package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.internal.load.Turns.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TurnsTest {

    @RegisterExtension
    final Crew crew = new Crew();

    private final Turns turns = new Turns(1, 0);

    private Answer take() throws InterruptedException {
        return turns.take(Duration.ZERO);
    }

    private Answer takeOnAnotherThread() {
        return crew.start(this::take).get();
    }

    @Test
    void turnIsTakenUntilItIsGivenBack() throws Exception {
        assertThat(take()).isEqualTo(Answer.TAKEN);
        assertThat(turns.isHeldByThisThread()).isTrue();
        assertThat(takeOnAnotherThread()).isEqualTo(Answer.TOO_MANY_WAIT);

        turns.giveBack();

        assertThat(turns.isHeldByThisThread()).isFalse();
        assertThat(takeOnAnotherThread()).isEqualTo(Answer.TAKEN);
    }

    @Test
    void turnThatWasLentCountsAgainWhenItIsTakenBack() throws Exception {
        take();
        Turns.lend();
        Crew.Part borrow = thread -> {
            assertThat(take()).isEqualTo(Answer.TAKEN);
            turns.giveBack();
        };
        crew.race(1, borrow);
        Turns.takeBack();

        assertThat(takeOnAnotherThread()).isEqualTo(Answer.TOO_MANY_WAIT);
    }

    @Test
    void takingBackDoesNotWaitAndTheNextBeginsWhenThereAreFewEnoughAgain() throws Exception {
        take();
        Turns.lend();
        assertThat(takeOnAnotherThread()).isEqualTo(Answer.TAKEN);
        Turns.takeBack();

        turns.giveBack();

        assertThat(takeOnAnotherThread()).isEqualTo(Answer.TOO_MANY_WAIT);
    }

    @Test
    void allTurnsOfAThreadAreLent() throws Exception {
        Turns others = new Turns(1, 0);
        take();
        others.take(Duration.ZERO);

        Turns.lend();

        assertThat(takeOnAnotherThread()).isEqualTo(Answer.TAKEN);
        assertThat(crew.start(() -> others.take(Duration.ZERO)).get()).isEqualTo(Answer.TAKEN);
    }

    @Test
    void lastTurnIsGivenBackFirst() throws Exception {
        Turns others = new Turns(1, 0);
        take();
        others.take(Duration.ZERO);

        others.giveBack();

        assertThat(turns.isHeldByThisThread()).isTrue();
        assertThat(others.isHeldByThisThread()).isFalse();
    }
}
