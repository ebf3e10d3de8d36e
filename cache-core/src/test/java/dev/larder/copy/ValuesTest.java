package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void equalObjectsAreEqual() {
        assertThat(Values.equal(List.of(1), List.of(1))).isTrue();
        assertThat(Values.equal("a", "b")).isFalse();
    }

    @Test
    void nullEqualsOnlyNull() {
        assertThat(Values.equal(null, null)).isTrue();
        assertThat(Values.equal(null, "a")).isFalse();
        assertThat(Values.equal("a", null)).isFalse();
    }

    @Test
    void arraysAreComparedByContent() {
        assertThat(Values.equal(new byte[] {1, 2}, new byte[] {1, 2})).isTrue();
        assertThat(Values.equal(new byte[] {1, 2}, new byte[] {1, 3})).isFalse();
        assertThat(Values.equal(new int[][] {{1}, {2}}, new int[][] {{1}, {2}})).isTrue();
        assertThat(Values.equal(new String[] {"a"}, "a")).isFalse();
    }

    @Test
    void arraysOfDifferentPrimitivesDiffer() {
        assertThat(Values.equal(new int[] {1}, new long[] {1})).isFalse();
    }
}
