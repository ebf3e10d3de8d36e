package dev.larder.examples.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.examples.Printed;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotationExamplesTest {

    static Stream<Named<Consumer<String[]>>> examples() {
        return Stream.of(
                Named.of("plain Java", PlainJavaExample::main),
                Named.of("CDI", CdiExample::main),
                Named.of("Guice", GuiceExample::main),
                Named.of("Spring", SpringExample::main));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void forecastIsComputedOnceUntilSomethingIsMeasured(Consumer<String[]> example) throws Exception {
        assertThat(Printed.by(() -> example.accept(new String[0])))
                .containsExactly(
                        "Oslo: 15 degrees (computed: 1)",
                        "Oslo again: 15 degrees (computed: 1)",
                        "Oslo after a measurement: 7 degrees (computed: 2)");
    }
}
