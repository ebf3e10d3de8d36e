package dev.larder.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ZipfTest {

    @Test
    void rankIsDrawnInInverseProportionToItsPower() {
        int draws = 1_000_000;
        int[] drawn = new int[100];
        Zipf zipf = new Zipf(100, 2);
        Random random = new Random(1);

        for (int i = 0; i < draws; i++) {
            drawn[zipf.draw(random)]++;
        }

        // the sum of 1/1² to 1/100² is 1.635
        double first = draws / 1.635;
        assertThat((double) drawn[0]).isCloseTo(first, within(first / 50));
        assertThat((double) drawn[1]).isCloseTo(first / 4, within(first / 100));
        assertThat((double) drawn[9]).isCloseTo(first / 100, within(first / 1000));
    }

    @Test
    void onlyRankIsAlwaysDrawn() {
        assertThat(new Zipf(1, 0.99).draw(new Random(1))).isZero();
    }

    @Test
    void thereMustBeARank() {
        assertThatThrownBy(() -> new Zipf(0, 0.99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ranks must be positive: 0");
    }
}
