package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.jcache.internal.load.Freshness.Age;
import dev.larder.store.Entry;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessTest {

    private final FakeTime time = new FakeTime();

    private record Reading(String value, long remainingMillis) implements Entry<String> {}

    private static Age age(Freshness freshness, long remainingMillis) {
        return freshness.ageOf(new Reading("v", remainingMillis));
    }

    private static Freshness freshness(long aheadMillis, @Nullable EarlyRefresh early) {
        return new Freshness(20, 50, aheadMillis, early);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, FRESH",
        "1000, FRESH",
        "61, FRESH",
        "60, AGEING",
        "51, AGEING",
        "50, AGEING",
        "31, AGEING",
        "30, DUE",
        "1, DUE"
    })
    void ageFollowsFromTheTimeLeft(long remainingMillis, Age age) {
        assertThat(age(freshness(10, null), remainingMillis)).isEqualTo(age);
    }

    /** The chance is that of an exponential distribution with the mean load time as its mean: exp(-left / (beta * mean)). */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2})
    void valueIsRenewedEarlyWithTheChanceOfThePaper(double beta) {
        Random random = new Random(928);
        EarlyRefresh early = new EarlyRefresh(beta, time, () -> 1 - random.nextDouble());
        early.time(() -> {
            time.advance(Duration.ofMillis(100));
            return null;
        });

        for (long left : new long[] {1, 50, 100, 300, 1_000}) {
            double rate = rateOfRenewal(freshness(0, early), left);
            assertThat(rate).as("%d ms left", left).isCloseTo(Math.exp(-left / (beta * 100)), within(0.01));
        }
    }

    private static double rateOfRenewal(Freshness freshness, long freshMillis) {
        int tries = 50_000;
        return IntStream.range(0, tries)
                        .filter(i -> age(freshness, 50 + freshMillis) == Age.AGEING)
                        .count()
                / (double) tries;
    }

    @Test
    void nothingIsRenewedEarlyBeforeALoadHasBeenTimed() {
        EarlyRefresh early = new EarlyRefresh(1_000, time, new Random(928)::nextDouble);

        assertThat(rateOfRenewal(freshness(0, early), 1)).isZero();
    }

    @Test
    void timeOfLoadsIsAMovingAverage() {
        EarlyRefresh early = new EarlyRefresh(1, time, () -> 1 / Math.E);
        load(early, 800);
        load(early, 0);

        // 800 ms, and an eighth of the way to zero
        assertThat(early.isDue(700)).isTrue();
        assertThat(early.isDue(701)).isFalse();
    }

    private void load(EarlyRefresh early, long millis) {
        early.time(() -> {
            time.advance(Duration.ofMillis(millis));
            return null;
        });
    }
}
