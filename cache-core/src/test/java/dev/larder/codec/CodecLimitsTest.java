package dev.larder.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CodecLimitsTest {

    @Test
    void eachLimitIsSetByItself() {
        CodecLimits limits = CodecLimits.standard()
                .withMaxKeyBytes(1)
                .withMaxValueBytes(2)
                .withMaxDepth(3)
                .withSerial(4, 5);

        assertThat(limits).isEqualTo(new CodecLimits(1, 2, 3, 4, 5));
    }

    @Test
    void limitThatLetsNothingThroughIsRefused() {
        assertThatThrownBy(() -> CodecLimits.standard().withMaxValueBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxValueBytes must be positive: 0");
    }

    @Test
    void limitThatProtectsNothingIsRefused() {
        assertThatThrownBy(() -> CodecLimits.standard().withMaxDepth(501))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxDepth must be at most 500: 501");
    }

    @Test
    void outputRefusesToGrowBeyondItsLimit() {
        BoundedOutput output = new BoundedOutput(1000);
        output.write(new byte[999], 0, 999);
        output.write(7);

        assertThatThrownBy(() -> output.write(8))
                .isInstanceOf(CodecException.class)
                .hasMessage("the value takes more than 1000 bytes; raise maxValueBytes or store less");
        assertThat(output.isOverflown()).isTrue();
        assertThat(output.length()).isEqualTo(1000);
    }
}
