package dev.larder.patterns.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.LongStream;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final Throwable FAILURE = new CacheWriterException("down");

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "8, 12800", "9, 25600", "10, 30000", "1000, 30000"})
    void pausesDoubleUpToTheLongestWithJitter(int failures, long millis) {
        RetryPolicy standard = RetryPolicy.standard();

        for (int i = 0; i < 100; i++) {
            assertThat(standard.pauseMillis(failures, FAILURE)).isBetween(millis / 2, millis * 3 / 2);
        }
    }

    @Test
    void pausesOfManyAreSpread() {
        RetryPolicy standard = RetryPolicy.standard();

        assertThat(LongStream.range(0, 100)
                        .map(i -> standard.pauseMillis(5, FAILURE))
                        .distinct())
                .hasSizeGreaterThan(50);
    }

    @Test
    void changeIsGivenUpAfterItsAttempts() {
        RetryPolicy three = RetryPolicy.standard().attempts(3);

        assertThat(three.givesUp(2, FAILURE)).isFalse();
        assertThat(three.givesUp(3, FAILURE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22003", "23502", "23505", "23514"})
    void badDataIsGivenUpAtOnce(String state) {
        Throwable failure = new CacheWriterException("failed", new SQLException("bad", state));

        assertThat(RetryPolicy.standard().givesUp(1, failure)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "23503", "40001", "42P01", "53300", "57P01"})
    void whatMayPassIsTriedAgain(String state) {
        Throwable failure = new CacheWriterException("failed", new SQLException("busy", state));

        assertThat(RetryPolicy.standard().givesUp(1, failure)).isFalse();
        assertThat(RetryPolicy.standard().givesUp(1, new SQLException())).isFalse();
    }

    @Test
    void conditionDecidesWhatIsTriedAgain() {
        RetryPolicy connectionsOnly =
                RetryPolicy.standard().retryIf(failure -> failure.getCause() instanceof IOException);

        assertThat(connectionsOnly.givesUp(1, FAILURE)).isTrue();
        assertThat(connectionsOnly.givesUp(1, new CacheWriterException(new IOException())))
                .isFalse();
    }

    @Test
    void intervalFunctionOfResilience4jFits() {
        RetryPolicy policy = RetryPolicy.pausing(IntervalFunction.ofExponentialBackoff(Duration.ofMillis(50), 3));

        assertThat(policy.pauseMillis(1, FAILURE)).isEqualTo(50);
        assertThat(policy.pauseMillis(3, FAILURE)).isEqualTo(450);
    }

    @Test
    void configurationOfResilience4jFits() {
        RetryPolicy policy = Resilience4jRetries.of(RetryConfig.custom()
                .maxAttempts(4)
                .intervalFunction(IntervalFunction.of(Duration.ofMillis(70), millis -> millis * 2))
                .retryExceptions(IOException.class)
                .build());

        assertThat(policy.pauseMillis(2, FAILURE)).isEqualTo(140);
        assertThat(policy.givesUp(1, FAILURE)).isTrue();
        assertThat(policy.givesUp(3, new CacheWriterException(new IOException())))
                .isFalse();
        assertThat(policy.givesUp(4, new CacheWriterException(new IOException())))
                .isTrue();
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.exponential(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.exponential(Duration.ofNanos(1), Duration.ofSeconds(1)));
    }
}
