package dev.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ZipfTest {

    @Test
    void rankIsDrawnInInverseProportion() {
        int draws = 1_000_000;
        int[] drawn = new int[100];
        Zipf zipf = new Zipf(100);
        Random random = new Random(1);
        for (int i = 0; i < draws; i++) {
            drawn[zipf.draw(random)]++;
        }

        // the sum of 1/1 to 1/100 is 5.187
        double first = draws / 5.187;
        assertThat((double) drawn[0]).isCloseTo(first, within(first / 20));
        assertThat((double) drawn[1]).isCloseTo(first / 2, within(first / 20));
        assertThat((double) drawn[9]).isCloseTo(first / 10, within(first / 50));
        assertThat((double) drawn[99]).isCloseTo(first / 100, within(first / 200));
    }

    @Test
    void onlyRankIsAlwaysDrawn() {
        assertThat(new Zipf(1).draw(new Random(1))).isZero();
    }

    @Test
    void thereMustBeARank() {
        assertThatThrownBy(() -> new Zipf(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ranks must be positive: 0");
    }
}
