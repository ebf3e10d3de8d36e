package dev.larder.annotations.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.annotations.container.ContainerJvm.Counts;
import dev.larder.annotations.container.ContainerJvm.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The TCK's tests of annotations and the table of cases, for each container over each provider; in {@code cdi-lite} by the build-compatible extension alone. */
class EveryContainerTest {

    private static final int TCK_TESTS = 12;

    @ParameterizedTest(name = "{0}, {1}, over {2}")
    @CsvSource({
        "proxy, proxy, larder", "proxy, proxy, caffeine",
        "weld6, cdi, larder", "weld6, cdi, caffeine",
        "weld5, cdi, larder", "weld5, cdi, caffeine",
        "weld6, cdi-lite, larder", "weld5, cdi-lite, larder",
        "openwebbeans4, cdi, larder", "openwebbeans4, cdi, caffeine",
        "guice7, guice, larder", "guice7, guice, caffeine",
        "spring6, spring, larder", "spring6, spring, caffeine",
        "spring7, spring, larder", "spring7, spring, caffeine"
    })
    void containerPassesTckAndCases(String version, String container, String provider) throws Exception {
        List<String> classes = new ArrayList<>(ContainerJvm.TCK);
        classes.add(ContainerJvm.CASES);

        Outcome outcome = new ContainerJvm(version, container, provider).run(classes);

        assertThat(outcome.failures()).isEmpty();
        // so the TCK says that it found no beans, and its tests count as passed
        assertThat(outcome.lines()).noneMatch(line -> line.contains("annotation tests will be ignored"));
        Counts counts = outcome.counts();
        assertThat(counts.passed()).isGreaterThan(TCK_TESTS).isEqualTo(counts.found());
    }
}
