package dev.larder.conformance.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The text under {@code src/main} in every module of a build, for rules about what no class file shows. */
final class MainSources {
    private final Path build;

    MainSources(Path build) {
        this.build = build;
    }

    List<Path> all() {
        return in(build, 1)
                .map(module -> module.resolve("src/main"))
                .filter(Files::isDirectory)
                .flatMap(sources -> in(sources, Integer.MAX_VALUE))
                .filter(Files::isRegularFile)
                .toList();
    }

    List<Path> thatSay(String words) {
        return all().stream().filter(file -> text(file).contains(words)).toList();
    }

    private static Stream<Path> in(Path folder, int depth) {
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every byte is a character of ISO-8859-1, so a resource that is no text is no error. */
    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
