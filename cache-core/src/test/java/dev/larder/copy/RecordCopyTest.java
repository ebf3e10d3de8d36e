package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCopyTest {

    @Test
    void recordWithAMutableComponentIsCopied() {
        Order original = new Order(7, new ArrayList<>(List.of("a")), new byte[] {1});

        Order copy = copy(original);
        original.lines().add("b");
        original.signature()[0] = 9;

        assertThat(copy.id()).isEqualTo(7);
        assertThat(copy.lines()).containsExactly("a");
        assertThat(copy.signature()).containsExactly(1);
    }

    @Test
    void nullComponentsAreKept() {
        Order copy = copy(new Order(7, null, new byte[0]));

        assertThat(copy.lines()).isNull();
    }

    @Test
    void recordInsideARecordIsCopied() {
        Wrapper original = new Wrapper(new Order(1, new ArrayList<>(List.of("a")), null));

        Wrapper copy = copy(original);
        original.order().lines().clear();

        assertThat(copy.order().lines()).containsExactly("a");
    }

    @Test
    void canonicalConstructorRuns() {
        Normalized copy = copy(new Normalized(new ArrayList<>(List.of(" a "))));

        assertThat(copy.names()).containsExactly("a");
    }

    @Test
    void accessorThatHidesAMutableComponentDoesNotDeceive() {
        List<String> behind = new ArrayList<>(List.of("a"));
        Guarded copy = copy(new Guarded(behind));

        behind.add("b");

        assertThat(copy.names()).containsExactly("a");
    }

    @Test
    void recordThatRefusesItsOwnComponentsIsNamed() {
        Moody.refusing = false;
        Moody original = new Moody(new int[1]);

        Moody.refusing = true;

        assertThatThrownBy(() -> copy(original))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("record " + Moody.class.getName())
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @SuppressWarnings("ArrayRecordComponent") // what is tested
    private record Order(int id, List<String> lines, byte[] signature) {}

    private record Wrapper(Order order) {}

    private record Normalized(List<String> names) {
        private Normalized {
            names = new ArrayList<>(names.stream().map(String::strip).toList());
        }
    }

    private record Guarded(List<String> names) {
        @Override
        public List<String> names() {
            return List.copyOf(names);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // what is tested
    private record Moody(int[] numbers) {
        private static boolean refusing;

        private Moody {
            if (refusing) {
                throw new IllegalStateException("not today");
            }
        }
    }
}
