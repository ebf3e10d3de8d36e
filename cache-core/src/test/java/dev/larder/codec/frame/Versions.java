package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/** Compiles classes into a directory of their own, as one version of a program would have them. */
final class Versions {

    private Versions() {}

    /** Returns a loader for classes given by name and source. */
    static ClassLoader compile(Path directory, Map<String, String> sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-parameters", "-proc:none", "-d", directory.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        StringWriter errors = new StringWriter();
        PrintWriter output = new PrintWriter(errors, true);
        int result =
                ToolProvider.findFirst("javac").orElseThrow().run(output, output, arguments.toArray(String[]::new));
        assertThat(result).as(errors.toString()).isZero();
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, Versions.class.getClassLoader());
    }
}
