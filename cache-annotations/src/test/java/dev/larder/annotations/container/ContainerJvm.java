package dev.larder.annotations.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the TCK's tests of annotations and the table of cases in a JVM of its own, whose class path holds one version of one container. Versions other than those of the build are in {@code target/containers}.
 *
 * @param version the directory there, or another name for what is on the class path of this JVM
 * @param container see {@link Container#start}
 * @param provider {@code larder} or {@code caffeine}
 */
record ContainerJvm(String version, String container, String provider) {

    /** A run takes seconds; on a machine that is busy, or stands still for a while, its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final Map<String, String> PROVIDERS = Map.of(
            "larder", "dev.larder.jcache.provider.LarderCachingProvider",
            "caffeine", "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider");

    static final List<String> TCK = List.of(
            "org.jsr107.tck.annotation.InterceptionCacheNameOnEachMethodTest",
            "org.jsr107.tck.annotation.InterceptionUsingCacheConfigTest",
            "org.jsr107.tck.annotation.InterceptionUsingDefaultCacheNameTest");

    static final String STRICT_CASES = "dev.larder.annotations.cases.StrictCasesTest";

    static final String CASES = "dev.larder.annotations.cases.AnnotationCasesTest";

    /** The jars that are left out where others of another version, or of another container, come in their place. */
    private static final String CDI = "weld-.*|jakarta\\..*|openwebbeans-.*|xbean-.*|jboss-.*";

    private static final String SPRING = "spring-.*|micrometer-.*|commons-logging.*";

    /** Runs test classes, and says how they went. */
    Outcome run(List<String> classes) throws Exception {
        return run(classes, PATIENCE);
    }

    /** Runs test classes, and kills the JVM if it takes longer. */
    Outcome run(List<String> classes, Duration patience) throws Exception {
        Path output = Files.createTempFile(Path.of("target"), "container-", ".txt");
        Process process = start(classes, output);
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            Outcome outcome = new Outcome(Files.readAllLines(output));
            assertThat(ended)
                    .as("%s did not end within %s; its output: %s", this, patience, outcome.lines())
                    .isTrue();
            assertThat(outcome.lines()).as("output of %s", this).anyMatch(line -> line.equals(ContainerRun.END));
            return outcome;
        } finally {
            process.destroyForcibly(); // which is there yet if this thread was interrupted
            Files.delete(output);
        }
    }

    private Process start(List<String> classes, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djavax.cache.spi.CachingProvider=" + PROVIDERS.get(provider),
                "-Dlarder.container=" + container,
                "-cp",
                classPath(),
                ContainerRun.class.getName()));
        command.addAll(classes);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private String classPath() throws IOException {
        Predicate<String> left = switch (version) {
            case "weld5" -> matches(CDI);
            case "openwebbeans4" -> matches("weld-.*|jboss-.*");
            case "spring7" -> matches(SPRING);
            default -> name -> false;
        };
        Path own = Path.of("target", "classes").toAbsolutePath();
        String tested = container.equals("cdi-lite") ? withLiteExtensionOnly(own, version) : own.toString();
        return Stream.concat(
                        jars(),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .filter(entry -> !left.test(new File(entry).getName()))
                                .map(entry -> Path.of(entry).equals(own) ? tested : entry))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Stream<String> jars() {
        File[] jars = new File("target/containers/" + version).listFiles();
        return jars == null ? Stream.empty() : Arrays.stream(jars).map(File::getPath);
    }

    /** Copies the classes of this module, and names {@link LiteExtension} as their only extension of CDI. */
    private static String withLiteExtensionOnly(Path classes, String version) throws IOException {
        Path copy = Path.of("target", "classes-lite-" + version).toAbsolutePath();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(classes.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path services = copy.resolve("META-INF/services");
        Files.delete(services.resolve("jakarta.enterprise.inject.spi.Extension"));
        Files.writeString(services.resolve(BuildCompatibleExtension.class.getName()), LiteExtension.class.getName());
        return copy.toString();
    }

    private static Predicate<String> matches(String expression) {
        return Pattern.compile(expression).asMatchPredicate();
    }

    /** What a run printed. */
    record Outcome(List<String> lines) {

        /** Returns a line for each test that failed: its name, and what it failed with. */
        List<String> failures() {
            return lines.stream()
                    .filter(line -> line.startsWith(ContainerRun.FAILED))
                    .map(line -> line.substring(ContainerRun.FAILED.length()))
                    .toList();
        }

        /** Returns how many tests there were in some of the classes, and how many of them passed. */
        Counts counts(Collection<String> classes) {
            return classes.stream()
                    .map(this::counts)
                    .reduce(
                            new Counts(0, 0),
                            (one, other) -> new Counts(one.found() + other.found(), one.passed() + other.passed()));
        }

        private Counts counts(String testClass) {
            String[] words = only(ContainerRun.PASSED + testClass + ": ").split(" of ", -1);
            return new Counts(Integer.parseInt(words[1]), Integer.parseInt(words[0]));
        }

        /** Returns the name of the jar that the container came from, in which its version is. */
        String jar() {
            return only(ContainerRun.JAR);
        }

        private String only(String start) {
            return lines.stream()
                    .filter(line -> line.startsWith(start))
                    .findFirst()
                    .orElseThrow()
                    .substring(start.length());
        }
    }

    /** Of a run. */
    record Counts(int found, int passed) {}
}
