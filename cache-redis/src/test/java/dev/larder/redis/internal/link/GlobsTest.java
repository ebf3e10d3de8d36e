package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlobsTest {

    @Test
    void bytesWithAMeaningAreQuoted() {
        assertThat(Globs.startingWith(new byte[] {'a', '*', '?', '[', ']', '\\', 0, -1}))
                .isEqualTo(new byte[] {'a', '\\', '*', '\\', '?', '\\', '[', '\\', ']', '\\', '\\', 0, -1, '*'});
    }
}
