package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a codec of one's own may have written: one object, several, or other data between them. */
class LimitedObjectInputTest {

    /** Reads any class: none of these tests is about that. */
    private static final class AnyInput extends LimitedObjectInput {

        AnyInput(byte[] bytes) throws IOException {
            super(bytes);
        }

        @Override
        protected boolean allows(FilterInfo info) {
            return true;
        }

        @Override
        protected Class<?> find(String className) throws ClassNotFoundException {
            return Class.forName(className, false, null);
        }
    }

    private static byte[] written(Object... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeInt(values.length);
            for (Object value : values) {
                output.writeObject(value);
            }
        }
        return bytes.toByteArray();
    }

    /** Each level doubles the work. */
    private static Set<Object> setsInSets() {
        Set<Object> last = new HashSet<>();
        for (int i = 0; i < 22; i++) {
            last = new HashSet<>(List.of(new ArrayList<>(List.of(last, last))));
        }
        return last;
    }

    @Test
    void readsWhatWasWrittenOneAfterTheOther() throws Exception {
        byte[] bytes = written("one", List.of("two"));

        try (AnyInput input = new AnyInput(bytes)) {
            assertThat(input.readInt()).isEqualTo(2);
            assertThat(input.readObject()).isEqualTo("one");
            assertThat(input.readObject()).isEqualTo(List.of("two"));
        }
        LimitedObjectInput.requireReadable(bytes);
    }

    @Test
    void eachObjectIsLookedThroughAndNotTheFirstAlone() throws IOException {
        byte[] bytes = written("harmless", setsInSets());

        assertThatThrownBy(() -> new AnyInput(bytes))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("hashes would take too long");
    }

    @Test
    void nothingIsNotReadable() throws IOException {
        byte[] nothing = new byte[4];

        assertThatThrownBy(() -> LimitedObjectInput.requireReadable(nothing))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("not whole objects");
        assertThatThrownBy(() -> new AnyInput(nothing)).isInstanceOf(IOException.class);
    }

    @Test
    void whatEndsTooEarlyIsNotReadable() throws IOException {
        byte[] bytes = written("one", "two");
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);

        assertThatThrownBy(() -> LimitedObjectInput.requireReadable(cut))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("not whole objects");
    }
}
