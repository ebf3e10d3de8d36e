package dev.larder.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopulationTest {

    @Test
    void onlyKeysThatWerePutAreAskedFor() {
        Population population = populationOf(1_000);

        assertThat(population.draws())
                .allSatisfy(key -> assertThat(key).isBetween(Population.key(0), Population.key(999)));
    }

    @Test
    void fewKeysAreAskedForMostOfTheTime() {
        Population population = populationOf(10_000);

        Map<Integer, Long> asked = Arrays.stream(population.draws())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long byMostPopularTenth = asked.values().stream()
                .sorted((one, other) -> Long.compare(other, one))
                .limit(1_000)
                .mapToLong(Long::longValue)
                .sum();

        assertThat((double) byMostPopularTenth / population.draws().length).isBetween(0.7, 0.85);
    }

    @Test
    void everyRunAsksForTheSameKeys() {
        assertThat(populationOf(1_000).draws()).isEqualTo(populationOf(1_000).draws());
    }

    @Test
    void valuesEqualWhatIsInTheCacheAndAreOtherObjects() {
        Population population = populationOf(1_000);

        assertThat(IntStream.range(0, population.draws().length)).allSatisfy(i -> {
            assertThat(population.values()[i])
                    .isEqualTo(Population.value(population.draws()[i]));
            assertThat(population.twins()[i])
                    .isEqualTo(population.values()[i])
                    .isNotSameAs(population.values()[i]);
        });
    }

    @Test
    void bytesOfAKeyAreTheSameEachTimeItIsDrawn() {
        Population population = new Population();
        population.entries = 100;
        population.valueBytes = 2_000;
        population.draw();

        assertThat(IntStream.range(0, population.draws().length))
                .allSatisfy(i -> assertThat((byte[]) population.values()[i])
                        .hasSize(2_000)
                        .isEqualTo(population.valueOf(population.draws()[i]))
                        .isNotSameAs(population.twins()[i]));
    }

    private static Population populationOf(int entries) {
        Population population = new Population();
        population.entries = entries;
        population.draw();
        return population;
    }
}
