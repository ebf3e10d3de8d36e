package dev.larder.annotations.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The TCK's tests of annotations and the table of cases, for each container over each provider, in a JVM of its own whose class path holds one version of one container. Versions other than those of the build are in
 * {@code target/containers}.
 */
class EveryContainerTest {

    /** A JVM's start on a busy machine takes its time. */
    private static final int PATIENCE_MINUTES = 10;

    private static final Map<String, String> PROVIDERS = Map.of(
            "larder", "dev.larder.jcache.provider.LarderCachingProvider",
            "caffeine", "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider");

    private static final List<String> TCK = List.of(
            "org.jsr107.tck.annotation.InterceptionCacheNameOnEachMethodTest",
            "org.jsr107.tck.annotation.InterceptionUsingCacheConfigTest",
            "org.jsr107.tck.annotation.InterceptionUsingDefaultCacheNameTest");

    private static final int TCK_TESTS = 12;

    /** The jars that are left out where others of another version, or of another container, come in their place. */
    private static final String CDI = "weld-.*|jakarta\\..*|openwebbeans-.*|xbean-.*|jboss-.*";

    private static final String SPRING = "spring-.*|micrometer-.*|commons-logging.*";

    @ParameterizedTest(name = "{0} over {2}")
    @CsvSource({
        "proxy, proxy, larder", "proxy, proxy, caffeine",
        "weld6, cdi, larder", "weld6, cdi, caffeine",
        "weld5, cdi, larder", "weld5, cdi, caffeine",
        "openwebbeans4, cdi, larder", "openwebbeans4, cdi, caffeine",
        "guice7, guice, larder", "guice7, guice, caffeine",
        "spring6, spring, larder", "spring6, spring, caffeine",
        "spring7, spring, larder", "spring7, spring, caffeine"
    })
    void containerPassesTckAndCases(String version, String container, String provider) throws Exception {
        List<String> lines = run(version, container, provider);

        assertThat(lines).noneMatch(line -> line.startsWith("failed: "));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("passed: "))
                .singleElement()
                .satisfies(line -> {
                    String[] words = line.split(" ", -1);
                    assertThat(Integer.parseInt(words[1]))
                            .isGreaterThan(TCK_TESTS)
                            .isEqualTo(Integer.parseInt(words[3]));
                });
    }

    private static List<String> run(String version, String container, String provider) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djavax.cache.spi.CachingProvider=" + PROVIDERS.get(provider),
                "-Dlarder.container=" + container,
                "-cp",
                classPath(version),
                ContainerRun.class.getName(),
                "dev.larder.annotations.cases.AnnotationCasesTest"));
        command.addAll(TCK);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (Stream<String> output = process.inputReader(StandardCharsets.UTF_8).lines()) {
            List<String> lines = output.toList();
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(lines).as("output").anyMatch(line -> line.startsWith("passed: "));
            return lines;
        }
    }

    private static String classPath(String version) {
        Predicate<String> left = switch (version) {
            case "weld5" -> matches(CDI);
            case "openwebbeans4" -> matches("weld-.*|jboss-.*");
            case "spring7" -> matches(SPRING);
            default -> name -> false;
        };
        return Stream.concat(
                        jarsOf(version),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .filter(entry -> !left.test(new File(entry).getName())))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> jarsOf(String version) {
        File[] jars = new File("target/containers/" + version).listFiles();
        return jars == null ? Stream.empty() : Arrays.stream(jars).map(File::getPath);
    }

    private static Predicate<String> matches(String expression) {
        return Pattern.compile(expression).asMatchPredicate();
    }
}
