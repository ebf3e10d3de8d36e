package dev.larder.jcache.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the model test finds what is wrong, says it in few steps, and finds it again. */
@Timeout(300)
class ModelTeethTest {

    private static final long RUN = 107;

    /** Fewer than in every build. */
    private static final int SEQUENCES = 1_000;

    static Stream<TestedStore> stores() {
        return FaultyStores.all();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void faultIsFoundAndShownInFewSteps(TestedStore store) {
        ModelRun run = new ModelRun(List.of(store));

        Difference<?> difference = run.run(RUN, SEQUENCES);

        assertThat(difference).as(store.name()).isNotNull();
        assertThat(difference.shrunk().sequence().steps()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void differenceIsFoundAgainByTheSeedThatItNames() {
        List<TestedStore> stores = List.of(FaultyStores.all().findFirst().orElseThrow());
        Difference<?> first = new ModelRun(stores).run(RUN, SEQUENCES);

        Difference<?> again = new ModelRun(stores).runOne(first.sequence().seed());

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.report())
                .isEqualTo(first.report())
                .contains(
                        "-Dlarder.model.seed=" + first.sequence().seed(),
                        first.text(),
                        "forgets the deadline on an update");
    }

    @Test
    void shrinkingKeepsWhatTheFailureNeeds() {
        List<Integer> hundred = IntStream.range(0, 100).boxed().toList();

        List<Integer> shrunk = Shrinking.shrink(hundred, some -> some.containsAll(List.of(0, 17, 18, 99)));

        assertThat(shrunk).containsExactly(0, 17, 18, 99);
    }
}
