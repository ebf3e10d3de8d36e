package dev.larder.annotations.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.container.ContainerJvm.Counts;
import dev.larder.annotations.container.ContainerJvm.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The TCK's tests of annotations and the table of cases, for each container over each provider; in {@code cdi-lite} by the build-compatible extension alone. */
class EveryContainerTest {

    private static final int TCK_TESTS = 12;

    /** There are more; but not so few that most were not found. */
    private static final int LEAST_CASES = 40;

    /** How the names of the containers' jars begin. */
    private static final Map<String, String> JARS = Map.of(
            "proxy", "classes",
            "weld6", "weld-se-core-6.",
            "weld5", "weld-se-core-5.",
            "openwebbeans4", "openwebbeans-se-4.",
            "guice7", "guice-7.",
            "spring6", "spring-context-6.",
            "spring7", "spring-context-7.");

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
        List<String> own = casesOf(version);
        List<String> classes = new ArrayList<>(own);
        classes.addAll(ContainerJvm.TCK); // last, as its container stays open

        Outcome outcome = new ContainerJvm(version, container, provider).run(classes);

        assertThat(outcome.failures()).isEmpty();
        // so the TCK says that it found no beans, and its tests count as passed
        assertThat(outcome.lines()).noneMatch(line -> line.contains("annotation tests will be ignored"));
        assertThat(outcome.jar()).startsWith(JARS.get(version));
        assertThat(outcome.counts(ContainerJvm.TCK)).isEqualTo(new Counts(TCK_TESTS, TCK_TESTS));
        Counts cases = outcome.counts(own);
        assertThat(cases.passed()).isGreaterThan(LEAST_CASES).isEqualTo(cases.found());
    }

    /** OpenWebBeans lets no other container start in a JVM where the start of one was refused. */
    private static List<String> casesOf(String version) {
        return version.equals("openwebbeans4")
                ? List.of(ContainerJvm.CASES)
                : List.of(ContainerJvm.CASES, ContainerJvm.STRICT_CASES);
    }

    @Test
    void jvmThatHangsIsKilledAndItsOutputShown() {
        ContainerJvm jvm = new ContainerJvm("proxy", "proxy", "larder");

        assertThatThrownBy(() -> jvm.run(List.of(HangingCase.class.getName()), Duration.ofSeconds(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("did not end within PT5S; its output: ");
    }
}
