package dev.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelloLarderTest {

    @Test
    void printsWhatItGotFromTheCache() throws Exception {
        assertThat(Printed.by(() -> HelloLarder.main(new String[0]))).containsExactly("The capital of Norway is Oslo");
    }
}
