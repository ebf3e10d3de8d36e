package dev.larder.redis.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.UnusedLink;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class CacheStateTest {

    private static final Duration GOOD = Duration.ofMillis(CacheState.GOOD_MILLIS);
    private static final Calls CALLS = new Calls(new UnusedLink(), Duration.ofSeconds(10));

    private final FakeTime time = new FakeTime();
    private final HeldAnswers server = new HeldAnswers();
    private final CacheState state = new CacheState("larder:", new KeySpace("", "cache", 0), server, server, time);

    @Test
    void whoAsksWhileAQuestionIsUnderWayWaitsForTheNext() {
        CompletableFuture<Void> first = state.refreshed();
        CompletableFuture<Void> second = state.refreshed();
        CompletableFuture<Void> third = state.refreshed();
        assertThat(server.asked()).isEqualTo(1);

        server.answer(0, 10, 0);
        assertThat(first).isCompleted();
        assertThat(second).isNotCompleted();
        assertThat(server.asked()).isEqualTo(2);

        server.answer(1, 11, 0);
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(state.epoch()).isEqualTo(11);
        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void questionThatFailsKeepsNobodyFromTheNext() {
        CompletableFuture<Void> first = state.refreshed();
        CompletableFuture<Void> second = state.refreshed();

        server.fail(0);
        assertThat(first).isCompletedExceptionally();
        server.answer(1, 12, 0);

        assertThat(second).isCompleted();
        assertThat(state.epoch()).isEqualTo(12);
    }

    /** As when the client loses a command between a connection and the next. It takes as long as that is waited for. */
    @Test
    @EnabledIfSystemProperty(named = "larder.stress", matches = "true")
    void questionThatIsNeverAnsweredKeepsNobodyFromTheNext() {
        CompletableFuture<Void> first = state.refreshed();
        CompletableFuture<Void> second = state.refreshed();

        assertThat(first).failsWithin(Options.LOST.multipliedBy(4));
        await().until(() -> server.asked() == 2); // by the thread that has failed the first
        server.answer(1, 12, 0);

        assertThat(second).isCompleted();
        assertThat(state.epoch()).isEqualTo(12);
    }

    @Test
    void invalidationsAreLearnedInOrder() {
        var unused = state.refreshed();
        server.answer(0, 10, 5, "red", "green");

        assertThat(state.tags().number()).isEqualTo(5);
        assertThat(state.tags().isUpToDate(Set.of("red"), 4)).isFalse();
        assertThat(state.tags().isUpToDate(Set.of("blue"), 4)).isTrue();
    }

    @Test
    void copyIsUsedForAsLongAsItIsGoodAndThenTheServerIsAsked() {
        server.answerWhenAsked(10, 5, "red");
        assertThat(state.currentEpoch(CALLS)).isEqualTo(10);
        server.answerWhenAsked(11, 6, "green");

        time.advance(GOOD.minusNanos(1));
        assertThat(state.currentEpoch(CALLS)).isEqualTo(10);
        assertThat(state.tags().isUpToDate(Set.of("green"), 5)).isTrue();
        assertThat(server.asked()).isEqualTo(1);

        time.advance(Duration.ofNanos(1));
        assertThat(state.currentEpoch(CALLS)).isEqualTo(11);
        assertThat(state.tags().isUpToDate(Set.of("green"), 5)).isFalse();
        assertThat(server.asked()).isEqualTo(2);
    }

    /** What changes after the question may not be in the answer, however late that comes. */
    @Test
    void copyIsGoodFromWhenItsQuestionWasAsked() {
        var unused = state.refreshed();
        time.advance(GOOD.minusNanos(1));
        server.answer(0, 10, 0);
        server.answerWhenAsked(11, 0);

        assertThat(state.currentEpoch(CALLS)).isEqualTo(10);
        time.advance(Duration.ofNanos(1));
        assertThat(state.currentEpoch(CALLS)).isEqualTo(11);
    }

    @Test
    void questionThatFailsDoesNotMakeTheCopyGood() {
        refresh(10);
        time.advance(GOOD);
        var unused = state.refreshed();
        server.fail(1);
        server.answerWhenAsked(11, 0);

        assertThat(state.currentEpoch(CALLS)).isEqualTo(11);
    }

    @Test
    void nextEpochIsUsedOnlyWhenAllWhoFollowAreDone() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        List<Long> moves = new ArrayList<>();
        state.follow(new Following(moves, done));

        CompletableFuture<Void> asked = state.refreshed();
        server.answer(0, 10, 0);
        assertThat(moves).containsExactly(10L);
        assertThat(state.epoch()).isZero();
        assertThat(asked).isNotCompleted();

        done.complete(null);
        assertThat(state.epoch()).isEqualTo(10);
        assertThat(asked).isCompleted();
    }

    @Test
    void epochThatSomebodyCouldNotFollowIsNotUsed() {
        List<Long> moves = new ArrayList<>();
        state.follow(new Following(moves, CompletableFuture.failedFuture(new IllegalStateException("not now"))));

        CompletableFuture<Void> asked = state.refreshed();
        server.answer(0, 10, 0);

        assertThat(asked).isCompletedExceptionally();
        assertThat(state.epoch()).isZero();
    }

    /** A replica that took over may lack a clear, and name the epoch before it. */
    @Test
    void epochThatWasOverIsClearedOnceMore() {
        refresh(10);
        refresh(11);

        CompletableFuture<Void> asked = state.refreshed();
        server.answer(server.asked() - 1, 10, 0);
        assertThat(asked).isNotCompleted();
        assertThat(state.epoch()).isEqualTo(11);

        server.answer(server.asked() - 1, 0, 0); // cleared
        server.answer(server.asked() - 1, 12, 0);
        assertThat(asked).isCompleted();
        assertThat(state.epoch()).isEqualTo(12);
    }

    /** As when sentinels are parted: one server says what the epoch is, another is cleared. The tooth: it goes on for as long as that. */
    @Test
    void epochThatIsStillNamedAfterThreeClearsIsAskedForAgainAfterAPause() {
        refresh(10);
        refresh(11);
        int before = server.asked();

        CompletableFuture<Void> asked = state.refreshed();
        int answered = answerUntilNothingIsAsked(10);
        assertThat(asked).isCompletedExceptionally();
        assertThat(answered - before).as("questions and clears").isEqualTo(6);
        assertThat(state.refreshed()).isCompletedExceptionally();
        assertThat(server.asked()).isEqualTo(answered);

        time.advance(Duration.ofMillis(500));
        refresh(12);
        assertThat(state.epoch()).isEqualTo(12);
    }

    /** Names an epoch, no more than a hundred times, and returns how many answers there were so far. */
    private int answerUntilNothingIsAsked(long epoch) {
        int from = server.asked() - 1;
        for (int i = from; i < server.asked() && i < from + 100; i++) {
            server.answer(i, epoch, 0);
        }
        return server.asked();
    }

    private void refresh(long epoch) {
        CompletableFuture<Void> asked = state.refreshed();
        server.answer(server.asked() - 1, epoch, 0);
        asked.join();
    }

    private record Following(List<Long> moves, CompletionStage<?> done) implements EpochFollower {

        @Override
        public void asked() {}

        @Override
        public void confirmed() {}

        @Override
        public CompletionStage<?> moved(long newEpoch) {
            moves.add(newEpoch);
            return done;
        }
    }

    /** The tooth: the question that was never asked counts as under way for good. */
    @Test
    void questionThatFailsWhileItIsAskedKeepsNobodyFromTheNext() {
        server.refuseNext();

        assertThat(state.refreshed()).isCompletedExceptionally();

        refresh(12);
        assertThat(state.epoch()).isEqualTo(12);
    }
}
