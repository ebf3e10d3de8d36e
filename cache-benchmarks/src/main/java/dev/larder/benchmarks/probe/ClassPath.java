package dev.larder.benchmarks.probe;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of this JVM. */
final class ClassPath {

    private ClassPath() {}

    static String join(Path first, List<Path> others) {
        return Stream.concat(Stream.of(first), others.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the jars and directories on it, those that the manifest of a jar adds among them. */
    static List<Path> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::exists)
                .flatMap(path -> Stream.concat(Stream.of(path), namedByManifest(path).stream()))
                .toList();
    }

    private static List<Path> namedByManifest(Path path) {
        if (Files.isDirectory(path)) {
            return List.of();
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            String names =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return names == null
                    ? List.of()
                    : Stream.of(names.split(" ", -1))
                            .map(name -> Path.of(path.toUri().resolve(name)))
                            .filter(Files::exists)
                            .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + path, e);
        }
    }
}
