package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static dev.larder.copy.Copying.throughStream;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomBeansTest {

    private static final int GRAPHS = 2_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void copyIsWhatSerialisationMakesOfIt(boolean withHooks) throws Exception {
        for (long seed = 0; seed < GRAPHS; seed++) {
            Object original = new RandomBeans(seed, withHooks).graph();

            Object copy = copy(original);

            Shape.assertSame("seed " + seed, throughStream(original), copy);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void copySharesNothingThatChanges(boolean withHooks) {
        for (long seed = 0; seed < GRAPHS; seed++) {
            Object original = new RandomBeans(seed, withHooks).graph();

            Object copy = copy(original);

            assertThat(Collections.disjoint(Shape.mutableObjectsOf(original), Shape.mutableObjectsOf(copy)))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }
}
