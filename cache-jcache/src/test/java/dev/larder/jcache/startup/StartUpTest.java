package dev.larder.jcache.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A start costs what it loads. That is counted, in a JVM of its own, and not timed: a count is the same on a busy machine. The
 * row {@code start-up} of the benchmarks tells the time.
 *
 * <p>Who adds to what a plain cache needs may raise a number here; who adds what only some caches need should let these load it.
 */
@Timeout(300)
class StartUpTest {

    /** There are 16. Each takes about half a millisecond. */
    private static final int MOST_LAMBDAS = 18;

    /** There are 111, and the program. Each takes about a quarter of a millisecond. */
    private static final int MOST_OF_LARDER = 115;

    /** There are 46 on Java 17 and 56 on 25. */
    private static final int MOST_OF_JDK = 65;

    private static List<LoadedClass> loaded = List.of();

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("classes.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstCache.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> contentOf(log.toFile())).isZero();
        } finally {
            process.destroyForcibly();
        }
        loaded = LoadedClass.since(FirstCache.class, Files.readAllLines(log));
    }

    private static ListAssert<String> assertThatLoaded(Predicate<LoadedClass> wanted) {
        return assertThat(loaded.stream().filter(wanted).map(LoadedClass::name).toList())
                .as("what a plain cache loads");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // for bytes and configuration files
                "tools.jackson.",
                "com.fasterxml.jackson.",
                // for a bound
                "com.github.benmanes.caffeine.",
                // for beans that are shown
                "javax.management.",
                "java.lang.management.",
                "javax.cache.management.",
                // for warnings
                "java.util.logging.",
                "jdk.internal.logger.",
                // for deadlines
                "java.util.concurrent.CompletableFuture",
                // for values that are copied
                "dev.larder.copy.JdkTypes",
                "java.io.ObjectInputStream",
                "java.time.chrono.",
                // slow the first time
                "java.util.regex.",
                "java.lang.invoke.StringConcatFactory",
                "java.lang.runtime."
            })
    void plainCacheDoesWithoutWhatOnlyOthersNeed(String unwanted) {
        assertThatLoaded(loaded -> loaded.isIn(unwanted)).isEmpty();
    }

    @Test
    void fewLambdasAreMade() {
        assertThatLoaded(loaded -> isOfLarder(loaded) && loaded.isMadeForLambda())
                .hasSizeBetween(1, MOST_LAMBDAS);
    }

    @Test
    void fewClassesOfLarderAreLoaded() {
        assertThatLoaded(loaded -> isOfLarder(loaded) && !loaded.isMadeForLambda())
                .hasSizeBetween(1, MOST_OF_LARDER);
    }

    @Test
    void theArchiveOfTheJdkHasMostOfTheRest() {
        assumeTrue(loaded.stream().anyMatch(LoadedClass::isArchived), "this JDK has no archive of classes");

        assertThatLoaded(loaded -> isOfJdk(loaded) && !loaded.isArchived()).hasSizeBetween(1, MOST_OF_JDK);
    }

    private static boolean isOfLarder(LoadedClass loaded) {
        return loaded.isIn("dev.larder.");
    }

    private static boolean isOfJdk(LoadedClass loaded) {
        return Stream.of("java.", "jdk.", "sun.").anyMatch(loaded::isIn);
    }
}
