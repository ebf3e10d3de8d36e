package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs named modules that use the annotations in a container, all of it on the module path; see {@link ModulePathTest}. */
class ContainersOnModulePathTest {

    private static final String LARDER =
            ".*/cache-(annotations|jcache|core)/target/classes|.*/(cache-(annotations|api|jcache|core)|jspecify|caffeine|jackson)-[^/]*[.]jar";

    @TempDir
    private Path compiled;

    @TempDir
    private Path said;

    @Test
    void guiceIntercepts() throws Exception {
        String path = jars("(guice|guava|failureaccess|jakarta[.]inject-api)-.*")
                + File.pathSeparator
                + Path.of("target", "containers", "aopalliance", "aopalliance-1.0.jar");

        assertThat(run("guiceshop", "GuiceShop", path))
                .containsExactly("tea 1", "tea 1", "dev.larder.annotations", "com.google.guice");
    }

    @Test
    void springIntercepts() throws Exception {
        String path = jars("spring-(context|core|beans|aop|expression|jcl)-.*|micrometer-(observation|commons)-.*");

        assertThat(run("springshop", "SpringShop", path))
                .containsExactly("tea 1", "tea 1", "dev.larder.annotations", "spring.context");
    }

    /** Weld's logging looks into modules that it does not read; the option lets it. */
    @Test
    void weldIntercepts() throws Exception {
        String path = jars("(weld|jboss-logging|jboss-classfilewriter|jakarta)[.-].*");

        assertThat(run(
                        "weldshop",
                        "WeldShop",
                        path,
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "--add-reads",
                        "org.jboss.logging=weld.environment.common,weld.core.impl,weld.se.core"))
                .containsExactly("tea 1", "tea 1", "dev.larder.annotations", "weld.se.core");
    }

    private List<String> run(String module, String main, String container, String... options) throws Exception {
        String path = classPath(LARDER) + File.pathSeparator + container;
        compile(module, main, path);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "--module-path",
                compiled + File.pathSeparator + path,
                "--module",
                "com.example." + module + "/com.example." + module + "." + main));
        Path errors = said.resolve("errors.txt");
        Path output = said.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(20, TimeUnit.MINUTES); // a machine may stand still for a while
        process.destroyForcibly().waitFor();
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(output);
    }

    private void compile(String module, String main, String path) {
        Path sources = Path.of("src", "test", "modules", module);
        StringWriter complaints = new StringWriter();
        int outcome;
        try (PrintWriter writer = new PrintWriter(complaints)) {
            outcome = ToolProvider.findFirst("javac")
                    .orElseThrow()
                    .run(
                            writer,
                            writer,
                            "--module-path",
                            path,
                            "-d",
                            compiled.toString(),
                            sources.resolve("module-info.java").toString(),
                            sources.resolve(Path.of("com", "example", module, main + ".java"))
                                    .toString());
        }
        assertThat(outcome).as(complaints.toString()).isZero();
    }

    private static String jars(String names) {
        return classPath(".*/(" + names + ")[.]jar");
    }

    private static String classPath(String paths) {
        Predicate<String> wanted = Pattern.compile(paths).asMatchPredicate();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
