package dev.larder.annotations.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class ParametersKeyTest {

    @Test
    void valuesCanBeRead() {
        assertThat(ParametersKey.of("a", null, 1).parameters()).containsExactly("a", null, 1);
    }

    @Test
    void keysOfEqualValuesAreEqual() {
        ParametersKey key = ParametersKey.of("a", null, new int[] {1, 2}, new String[][] {{"b"}});

        assertThat(key)
                .isEqualTo(ParametersKey.of("a", null, new int[] {1, 2}, new String[][] {{"b"}}))
                .hasSameHashCodeAs(ParametersKey.of("a", null, new int[] {1, 2}, new String[][] {{"b"}}))
                .isNotEqualTo(ParametersKey.of("a", null, new int[] {1, 3}, new String[][] {{"b"}}))
                .isNotEqualTo(ParametersKey.of("a"))
                .isNotEqualTo(ParametersKey.of("a", "", new int[] {1, 2}, new String[][] {{"b"}}));
    }

    @Test
    void keyComesBackEqual() throws Exception {
        ParametersKey key = ParametersKey.of("a", null, 7, new long[] {1});

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(write(key)))) {
            assertThat(in.readObject()).isEqualTo(key).hasSameHashCodeAs(key);
        }
    }

    /** A store of bytes compares keys by their bytes. */
    @Test
    void equalKeysHaveEqualBytes() throws IOException {
        String one = new String("name");
        String other = new String("name");

        assertThat(write(ParametersKey.of(one, one))).isEqualTo(write(ParametersKey.of(one, other)));
    }

    private static byte[] write(ParametersKey key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(key);
        }
        return bytes.toByteArray();
    }
}
