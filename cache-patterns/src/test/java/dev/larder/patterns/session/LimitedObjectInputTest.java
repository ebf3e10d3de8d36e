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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** Each level takes four times the work. */
    private static Set<Object> setsInSets() {
        Set<Object> last = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            last = new HashSet<>(List.of(new ArrayList<>(List.of(last, last, last, last))));
        }
        return last;
    }

    private static List<Object> nested(int depth) {
        List<Object> nested = new ArrayList<>();
        for (int i = 1; i < depth; i++) {
            nested = new ArrayList<>(List.of(nested));
        }
        return nested;
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

    @Test
    void whatIsDeepIsRefusedWhenItIsWrittenIfItWouldBeWhenItIsRead() throws Exception {
        byte[] deep = written(nested(32));
        LimitedObjectInput.requireReadable(deep);
        try (AnyInput input = new AnyInput(deep)) {
            input.readInt();
            assertThat(input.readObject()).isEqualTo(nested(32));
        }

        assertThatThrownBy(() -> LimitedObjectInput.requireReadable(written(nested(33))))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("too deep");
    }

    @Test
    void manyObjectsAreRefusedWhenTheyAreWrittenIfTheyWouldBeWhenTheyAreRead() throws Exception {
        List<Object> most = numbers(99_996); // besides the list, and as many as the two classes have superclasses
        byte[] bytes = written(most);
        LimitedObjectInput.requireReadable(bytes);
        try (AnyInput input = new AnyInput(bytes)) {
            input.readInt();
            assertThat(input.readObject()).isEqualTo(most);
        }

        assertThatThrownBy(() -> LimitedObjectInput.requireReadable(written(numbers(99_997))))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("100000 objects");
    }

    private static List<Object> numbers(int number) {
        return IntStream.range(0, number).boxed().collect(Collectors.toCollection(ArrayList::new));
    }
}
