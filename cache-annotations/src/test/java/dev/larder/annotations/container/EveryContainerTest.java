package dev.larder.annotations.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.container.ContainerJvm.Counts;
import dev.larder.annotations.container.ContainerJvm.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    private static final List<ContainerJvm> ALL = List.of(
            new ContainerJvm("proxy", "proxy", "larder"),
            new ContainerJvm("proxy", "proxy", "caffeine"),
            new ContainerJvm("weld6", "cdi", "larder"),
            new ContainerJvm("weld6", "cdi", "caffeine"),
            new ContainerJvm("weld5", "cdi", "larder"),
            new ContainerJvm("weld5", "cdi", "caffeine"),
            new ContainerJvm("weld6", "cdi-lite", "larder"),
            new ContainerJvm("weld5", "cdi-lite", "larder"),
            new ContainerJvm("openwebbeans4", "cdi", "larder"),
            new ContainerJvm("openwebbeans4", "cdi", "caffeine"),
            new ContainerJvm("guice7", "guice", "larder"),
            new ContainerJvm("guice7", "guice", "caffeine"),
            new ContainerJvm("spring6", "spring", "larder"),
            new ContainerJvm("spring6", "spring", "caffeine"),
            new ContainerJvm("spring7", "spring", "larder"),
            new ContainerJvm("spring7", "spring", "caffeine"));

    private static ContainerRuns runs;

    @BeforeAll
    static void begin() {
        runs = new ContainerRuns();
        for (ContainerJvm jvm : ALL) {
            List<String> classes = new ArrayList<>(casesOf(jvm.version()));
            classes.addAll(ContainerJvm.TCK); // last, as its container stays open
            runs.begin(jvm, classes);
        }
    }

    @AfterAll
    static void end() {
        runs.close();
    }

    static List<ContainerJvm> containers() {
        return ALL;
    }

    @ParameterizedTest
    @MethodSource("containers")
    void containerPassesTckAndCases(ContainerJvm jvm) throws Exception {
        String version = jvm.version();
        List<String> own = casesOf(version);

        Outcome outcome = runs.of(jvm);

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

        assertThatThrownBy(() -> jvm.run(List.of(HangingCase.class.getName()), Duration.ofSeconds(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("did not end within PT1S; its output: ");
    }
}
