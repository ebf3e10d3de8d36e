package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArrayCopyTest {

    static List<Arguments> flatArrays() {
        return Stream.of(
                        new boolean[] {true},
                        new byte[] {1, 2},
                        new char[] {'a'},
                        new short[] {1},
                        new int[] {1},
                        new long[] {1},
                        new float[] {1},
                        new double[] {1},
                        new String[] {"a", null},
                        new Object[] {"a", 1},
                        new int[0])
                .map(array -> Arguments.of(Named.of(array.getClass().getTypeName(), array)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("flatArrays")
    void arrayIsCopiedWithItsComponentType(Object array) {
        Object copy = copy(array);

        assertThat(copy).isNotSameAs(array).hasSameClassAs(array);
        assertThat(Values.equal(copy, array)).isTrue();
    }

    @Test
    void rowsOfAMultiDimensionalArrayAreCopied() {
        int[][][] original = {{{1}, {2, 3}}, {}};

        int[][][] copy = copy(original);
        original[0][1][0] = 9;

        assertThat(copy[0][1]).containsExactly(2, 3);
        assertThat(copy).isDeepEqualTo(new int[][][] {{{1}, {2, 3}}, {}});
    }

    @Test
    void mutableElementsAreCopied() {
        List<?>[] original = {new ArrayList<>(List.of("a")), null};

        List<?>[] copy = copy(original);
        original[0].clear();

        assertThat(copy[0].toArray()).containsExactly("a");
        assertThat(copy[1]).isNull();
    }
}
