package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.internal.load.Turns.Answer;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(300)
class TurnsTest {

    private static final Duration WAIT = Duration.ofSeconds(10);

    @RegisterExtension
    final Crew crew = new Crew();

    private final FakeTime time = new FakeTime();
    private final Turns turns = new Turns(1, 0, time);

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
        Turns others = new Turns(1, 0, time);
        take();
        others.take(Duration.ZERO);

        Turns.lend();

        assertThat(takeOnAnotherThread()).isEqualTo(Answer.TAKEN);
        assertThat(crew.start(() -> others.take(Duration.ZERO)).get()).isEqualTo(Answer.TAKEN);
    }

    @Test
    void whoWaitsTooLongLeavesAndTheNextIsServed() throws Exception {
        Turns one = new Turns(1, 2, time);
        one.take(WAIT);
        Task<Answer> first = crew.start(() -> one.take(WAIT)).awaitWaiting();
        time.advance(Duration.ofMillis(1));
        Task<Answer> second = crew.start(() -> one.take(WAIT)).awaitWaiting();

        time.advance(WAIT.minusMillis(2));
        first.awaitWaiting();
        time.advance(Duration.ofMillis(1));

        assertThat(first.get()).isEqualTo(Answer.WAITED_IN_VAIN);
        second.awaitWaiting();
        one.giveBack();
        assertThat(second.get()).isEqualTo(Answer.TAKEN);
    }

    @Test
    void whoIsInterruptedLeavesAndTheNextIsServed() throws Exception {
        Turns one = new Turns(1, 2, time);
        one.take(WAIT);
        Task<Answer> first = crew.start(() -> one.take(WAIT)).awaitWaiting();
        Task<Answer> second = crew.start(() -> one.take(WAIT)).awaitWaiting();

        first.interrupt();
        assertThat(first.failure()).isInstanceOf(InterruptedException.class);
        one.giveBack();

        assertThat(second.get()).isEqualTo(Answer.TAKEN);
    }

    @Test
    void whoCameFirstIsServedFirst() throws Exception {
        Turns one = new Turns(1, 2, time);
        one.take(WAIT);
        Task<Answer> first = crew.start(() -> one.take(WAIT)).awaitWaiting();
        Task<Answer> second = crew.start(() -> one.take(WAIT)).awaitWaiting();

        one.giveBack();

        assertThat(first.get()).isEqualTo(Answer.TAKEN);
        second.awaitWaiting();
    }

    /** A turn that is given at the moment in which the one who waits for it leaves is not lost. */
    @RepeatedTest(200)
    void turnIsNotLostThatIsGivenToWhoLeaves() throws Exception {
        Turns one = new Turns(1, 1, time);
        one.take(WAIT);
        Task<Answer> waiting = crew.start(() -> {
                    Answer answer = one.take(WAIT);
                    if (answer == Answer.TAKEN) {
                        one.giveBack();
                    }
                    return answer;
                })
                .awaitWaiting();

        Task<Void> inTime = crew.run(() -> time.advance(WAIT));
        one.giveBack();
        inTime.get();

        assertThat(waiting.get()).isIn(Answer.TAKEN, Answer.WAITED_IN_VAIN);
        assertThat(crew.start(() -> one.take(WAIT)).get()).isEqualTo(Answer.TAKEN);
    }

    @Test
    void lastTurnIsGivenBackFirst() throws Exception {
        Turns others = new Turns(1, 0, time);
        take();
        others.take(Duration.ZERO);

        others.giveBack();

        assertThat(turns.isHeldByThisThread()).isTrue();
        assertThat(others.isHeldByThisThread()).isFalse();
    }
}
