package dev.larder.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0.123, 0.12", "12.34, 12.3", "123.4, 123", "12345.6, '12,346'", "50000, '50,000'", "NaN, –"})
    void figureHasThreeDigitsOrSo(double figure, String written) {
        assertThat(Figures.of(figure)).isEqualTo(written);
    }

    @Test
    void spreadHasItsEndsInBrackets() {
        assertThat(Figures.of(new Spread(0.5, 1.25, 2.75))).isEqualTo("1.25 (0.50–2.75)");
    }

    @Test
    void spreadOfOneFigureHasNoEnds() {
        assertThat(Figures.of(new Spread(1.25, 1.25, 1.25))).isEqualTo("1.25");
    }
}
