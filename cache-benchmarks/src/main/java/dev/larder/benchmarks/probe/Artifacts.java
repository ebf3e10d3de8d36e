package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.Library;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which artifact brings which others along, as Maven told when this module was built.
 *
 * <p>Told in the trivial graph format: a line {@code id name} for each artifact, a line {@code #}, then a line
 * {@code id id scope} for each dependency of one on another. An artifact that several others ask for has a line for each,
 * all but one with remarks:
 *
 * <pre>
 *     101 org.cache2k:cache2k-jcache:jar:2.6.1.Final:compile
 *     102 (javax.cache:cache-api:jar:1.1.1:compile - version managed from 1.1.0; omitted for duplicate)
 *     #
 *     101 102 compile
 * </pre>
 */
public final class Artifacts {
    private static final String RESOURCE = "/dev/larder/benchmarks/dependencies.tgf";

    /** By {@code groupId:artifactId}. */
    private final Map<String, String> versions = new HashMap<>();

    private final Map<String, Set<String>> dependencies = new HashMap<>();

    private Artifacts() {}

    /** Returns what was told when this module was built. */
    public static Artifacts ofThisBuild() {
        try (InputStream resource = Artifacts.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing: build the module with Maven");
            }
            return parse(new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8)).lines());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + RESOURCE, e);
        }
    }

    static Artifacts parse(Stream<String> graph) {
        List<String> lines = graph.toList();
        int end = lines.indexOf("#");
        Artifacts artifacts = new Artifacts();
        Map<String, String> names = new HashMap<>();
        for (String line : lines.subList(0, end)) {
            String[] words = line.split(" ", -1);
            names.put(words[0], artifacts.addArtifact(words[1]));
        }
        for (String line : lines.subList(end + 1, lines.size())) {
            String[] words = line.split(" ", -1);
            artifacts.addDependency(names.getOrDefault(words[0], line), names.getOrDefault(words[1], line));
        }
        return artifacts;
    }

    /** Takes what may begin with a bracket, and returns the name. */
    private String addArtifact(String label) {
        String[] parts = label.replace("(", "").split(":", -1);
        String name = parts[0] + ":" + parts[1];
        versions.put(name, parts[3]);
        return name;
    }

    private void addDependency(String from, String on) {
        dependencies.computeIfAbsent(from, same -> new LinkedHashSet<>()).add(on);
    }

    /** Returns the version of the artifact that a library is. */
    public String versionOf(Library library) {
        List<String> own = library.artifacts();
        return own.isEmpty() ? System.getProperty("java.version") : version(own.get(library.isProvider() ? 1 : 0));
    }

    private String version(String name) {
        String version = versions.get(name);
        if (version == null) {
            throw new IllegalArgumentException("this module does not depend on " + name);
        }
        return version;
    }

    /** Returns the names of all that a library needs, itself among them. */
    Set<String> closureOf(Library library) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(library.artifacts());
        while (!open.isEmpty()) {
            String name = open.remove();
            if (reached.add(name)) {
                open.addAll(dependencies.getOrDefault(name, Set.of()));
            }
        }
        return reached;
    }

    /** Returns where all that a library needs lies on the class path of this JVM. */
    List<Path> filesOf(Library library) {
        List<Path> classPath = ClassPath.entries();
        List<Path> files = new ArrayList<>();
        for (String name : closureOf(library)) {
            files.add(find(name, classPath));
        }
        return files;
    }

    private Path find(String name, List<Path> classPath) {
        String artifact = name.substring(name.indexOf(':') + 1);
        Path jar = Path.of(artifact + "-" + version(name) + ".jar");
        // a module of the same build, before it is packaged
        Path classes = Path.of(artifact, "target", "classes");
        return classPath.stream()
                .filter(path -> path.endsWith(jar) || path.endsWith(classes))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(jar + " is not on the class path"));
    }
}
