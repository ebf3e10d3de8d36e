package dev.larder.testkit.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the program {@code redis-server}: on the PATH, else in the jar of {@code org.signal:embedded-redis}. */
final class RedisBinary {

    private static final String NAME = "redis-server";
    private static final String BUNDLED = NAME + "-7.0.15-";

    private RedisBinary() {}

    /**
     * Returns the program, ready to run.
     *
     * @throws IllegalStateException if there is none
     */
    static Path locate() {
        return onPath().orElseGet(RedisBinary::unpacked);
    }

    private static Optional<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Unpacks the program under another name first, so that whoever runs beside this sees all of it or nothing. */
    private static synchronized Path unpacked() {
        String resource = BUNDLED + platform();
        Path program = WorkFolder.shared().resolve(resource);
        if (Files.isExecutable(program)) {
            return program;
        }
        try (InputStream content = open(resource)) {
            if (content == null) {
                throw new IllegalStateException("no redis-server on the PATH, and no " + resource
                        + " on the class path; add org.signal:embedded-redis to the tests");
            }
            Path part = Files.createTempFile(program.getParent(), resource, ".part");
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
            if (!part.toFile().setExecutable(true)) {
                throw new IOException("cannot be made executable: " + part);
            }
            return Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable InputStream open(String resource) {
        return RedisBinary.class.getClassLoader().getResourceAsStream(resource);
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (system.startsWith("mac") ? "darwin" : system) + "-" + architecture(processor);
    }

    private static String architecture(String processor) {
        return switch (processor) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386", "i586", "i686" -> "386";
            default -> processor;
        };
    }
}
