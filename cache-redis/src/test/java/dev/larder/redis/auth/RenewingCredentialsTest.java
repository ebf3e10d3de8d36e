package dev.larder.redis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.larder.testkit.FakeTime;
import io.lettuce.core.RedisCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class RenewingCredentialsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeTime time = new FakeTime();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holds;
    private boolean rejects;
    private String password = "one";
    private @Nullable RuntimeException failure;
    private Duration reauthenticateAfter = Duration.ZERO;
    private int asked;
    private final RenewingCredentials credentials =
            new RenewingCredentials("redis shared", this::grant, time, time, this::execute);

    private Grant grant() {
        asked++;
        if (failure != null) {
            throw failure;
        }
        return new Grant(Credentials.of("app", password), MINUTE, reauthenticateAfter);
    }

    private void execute(Runnable task) {
        if (rejects) {
            throw new RejectedExecutionException();
        }
        if (holds) {
            held.add(task);
        } else {
            task.run();
        }
    }

    @Test
    void nothingIsAskedBeforeTheFirstConnection() {
        time.advance(Duration.ofHours(1));

        assertThat(asked).isZero();
    }

    @Test
    void connectionGetsTheCredentialsOfItsMoment() {
        assertThat(connect()).isEqualTo("app:one");

        password = "two";

        assertThat(connect()).isEqualTo("app:two");
    }

    @Test
    void liveConnectionIsToldOfAnotherPassword() {
        connect();
        List<String> heard = listen();

        password = "two";
        time.advance(MINUTE);

        assertThat(heard).containsExactly("app:two");
    }

    @Test
    void liveConnectionIsToldAtOnceIfANewOneFoundTheChange() {
        connect();
        List<String> heard = listen();

        password = "two";
        connect();

        assertThat(heard).containsExactly("app:two");
    }

    @Test
    void samePasswordIsNoNews() {
        connect();
        List<String> heard = listen();

        time.advance(Duration.ofHours(1));

        assertThat(asked).isEqualTo(61);
        assertThat(heard).isEmpty();
    }

    @Test
    void changeBetweenConnectingAndListeningIsNotMissed() {
        connect();
        password = "two";
        time.advance(MINUTE);

        assertThat(listen()).containsExactly("app:two");
    }

    @Test
    void liveConnectionsHearOfTokensAsRarelyAsTheGrantAllows() {
        reauthenticateAfter = Duration.ofHours(1);
        connect();
        List<String> heard = listen();

        for (int minute = 1; minute <= 150; minute++) {
            password = "minute " + minute;
            time.advance(MINUTE);
        }

        assertThat(heard).containsExactly("app:minute 60", "app:minute 120");
    }

    @Test
    void connectionThatAskedPutsOffTheNextAsking() {
        connect();
        time.advance(Duration.ofSeconds(30));
        connect();

        time.advance(Duration.ofSeconds(59));
        assertThat(asked).isEqualTo(2);
        time.advance(Duration.ofSeconds(1));
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void connectionThatHasGoneHearsNothing() {
        connect();
        List<String> heard = new ArrayList<>();
        Disposable connection = credentials.credentials().subscribe(news -> heard.add(show(news)));

        connection.dispose();
        password = "two";
        time.advance(MINUTE);

        assertThat(heard).isEmpty();
    }

    @Test
    void failingProviderLeavesTheLastCredentialsInUse() {
        connect();

        failure = new CredentialsException("gone");

        assertThat(connect()).isEqualTo("app:one");
    }

    @Test
    void failingProviderIsAskedAgainAfterOneTwoFourSecondsAndThenEachMinute() {
        connect();
        failure = new CredentialsException("gone");
        time.advance(MINUTE);
        assertThat(asked).isEqualTo(2);

        time.advance(Duration.ofMillis(999));
        assertThat(asked).isEqualTo(2);
        time.advance(Duration.ofMillis(1));
        assertThat(asked).isEqualTo(3);
        time.advance(Duration.ofSeconds(6));
        assertThat(asked).isEqualTo(5);
        time.advance(Duration.ofSeconds(8 + 16 + 32 + 10 * 60));
        assertThat(asked).isEqualTo(18);
    }

    @Test
    void newPasswordAfterAFailureReachesLiveConnections() {
        connect();
        List<String> heard = listen();
        failure = new CredentialsException("gone");
        time.advance(MINUTE);

        failure = null;
        password = "two";
        time.advance(Duration.ofSeconds(1));

        assertThat(heard).containsExactly("app:two");
    }

    @Test
    void failureIsLoggedOnceAndSoIsItsEnd() {
        List<LogRecord> log = CapturedLog.of(RenewingCredentials.class, () -> {
            connect();
            failure = new CredentialsException("the password file /p is empty");
            time.advance(Duration.ofMinutes(10));
            failure = null;
            time.advance(Duration.ofMinutes(10));
        });

        assertThat(log.stream().filter(line -> line.getLevel().intValue() >= Level.INFO.intValue()))
                .extracting(LogRecord::getLevel, LogRecord::getMessage)
                .containsExactly(
                        tuple(
                                Level.WARNING,
                                "redis shared: no new credentials; going on with the last ones and asking again: "
                                        + "the password file /p is empty"),
                        tuple(Level.INFO, "redis shared: there are credentials again"));
    }

    @Test
    void firstConnectionLearnsWhyThereAreNoCredentials() {
        failure = new CredentialsException("none here");

        assertThatThrownBy(this::connect)
                .isInstanceOf(CredentialsException.class)
                .hasMessage("none here");
    }

    @Test
    void messageOfAStrangersFailureIsLeftOut() {
        failure = new IllegalStateException("cannot parse 'the secret'");

        assertThatThrownBy(this::connect)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("IllegalStateException")
                .hasMessageContaining("RenewingCredentialsTest")
                .hasMessageNotContaining("the secret")
                .hasNoCause();
    }

    @Test
    void slowProviderDelaysAConnectionByTwoSecondsAtMost() {
        connect();
        holds = true;
        CompletableFuture<String> connecting = connecting();

        time.advance(Duration.ofMillis(1_999));
        assertThat(connecting).isNotDone();
        time.advance(Duration.ofMillis(1));

        assertThat(connecting).isCompletedWithValue("app:one");
    }

    @Test
    void providerThatHangsDelaysOnlyTheFirstConnection() {
        connect();
        holds = true;
        CompletableFuture<String> delayed = connecting();
        time.advance(Duration.ofSeconds(2));

        assertThat(delayed).isCompletedWithValue("app:one");
        assertThat(connecting()).isCompletedWithValue("app:one");
    }

    @Test
    void answerThatComesLateIsNews() {
        connect();
        List<String> heard = listen();
        holds = true;
        CompletableFuture<String> delayed = connecting();
        time.advance(Duration.ofSeconds(2));

        password = "two";
        held.forEach(Runnable::run);

        assertThat(delayed).isCompletedWithValue("app:one");
        assertThat(heard).containsExactly("app:two");
    }

    @Test
    void executorThatIsShutDownIsAFailureOfTheProvider() {
        connect();
        rejects = true;
        assertThat(connect()).isEqualTo("app:one");

        rejects = false;
        password = "two";

        assertThat(connect()).isEqualTo("app:two");
    }

    @Test
    void connectionsThatOpenTogetherAskOnce() {
        holds = true;
        CompletableFuture<String> first = connecting();
        CompletableFuture<String> second = connecting();

        held.forEach(Runnable::run);

        assertThat(first).isCompletedWithValue("app:one");
        assertThat(second).isCompletedWithValue("app:one");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void connectionThatIsGivenUpDoesNotTakeTheAnswerFromOthers() {
        holds = true;
        Disposable givenUp = credentials.resolveCredentials().subscribe();
        CompletableFuture<String> other = connecting();

        givenUp.dispose();
        held.forEach(Runnable::run);

        assertThat(other).isCompletedWithValue("app:one");
    }

    @Test
    void nothingIsAskedAfterClosing() {
        connect();

        credentials.close();
        time.advance(Duration.ofHours(1));

        assertThat(asked).isEqualTo(1);
    }

    private String connect() {
        return show(credentials.resolveCredentials().block(PATIENCE));
    }

    private CompletableFuture<String> connecting() {
        return credentials
                .resolveCredentials()
                .map(RenewingCredentialsTest::show)
                .toFuture();
    }

    private List<String> listen() {
        List<String> heard = new ArrayList<>();
        credentials.credentials().subscribe(news -> heard.add(show(news)));
        return heard;
    }

    private static String show(RedisCredentials credentials) {
        return credentials.getUsername() + ":" + new String(credentials.getPassword());
    }

    /** The tooth: one that hangs once is never asked again, however often somebody connects. */
    @Test
    void providerThatHangsIsAskedAgain() {
        connect();
        List<String> heard = listen();
        holds = true;
        time.advance(MINUTE);
        assertThat(held).hasSize(1);

        holds = false;
        password = "two";
        time.advance(Duration.ofSeconds(31));

        assertThat(heard).containsExactly("app:two");
        assertThat(connect()).isEqualTo("app:two");
    }

    @Test
    void answerOfAQuestionThatWasGivenUpCounts() {
        connect();
        List<String> heard = listen();
        holds = true;
        time.advance(MINUTE.plusSeconds(30));

        password = "two";
        held.remove(0).run();

        assertThat(heard).containsExactly("app:two");
    }

    @Test
    void answerOfAQuestionThatWasGivenUpDoesNotReplaceALaterOne() {
        connect();
        holds = true;
        time.advance(MINUTE.plusSeconds(31));
        assertThat(held).hasSize(2);
        List<String> heard = listen();

        password = "three";
        held.get(1).run();
        password = "two";
        held.get(0).run();

        assertThat(heard).containsExactly("app:three");
        holds = false;
        failure = new CredentialsException("none here");
        assertThat(connect()).isEqualTo("app:three");
    }

    @Test
    void firstConnectionLearnsThatTheProviderHangs() {
        holds = true;
        CompletableFuture<String> connecting = connecting();
        time.advance(Duration.ofSeconds(30));

        assertThat(connecting).isCompletedExceptionally();
    }

    @Test
    void providerThatHangsForGoodHoldsFewThreads() {
        connect();
        holds = true;
        time.advance(Duration.ofHours(1));

        assertThat(held).hasSize(Renewal.MOST_HANGING);
        assertThat(connect()).isEqualTo("app:one");

        holds = false;
        password = "two";
        held.get(0).run();
        time.advance(Duration.ofMinutes(2));
        assertThat(connect()).isEqualTo("app:two");
    }
}
