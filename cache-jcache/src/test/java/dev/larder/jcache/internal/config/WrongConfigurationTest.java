package dev.larder.jcache.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users read when a configuration is wrong. Each file in {@code src/test/resources/wrong} is a configuration and, after
 * a line {@code --- message}, what Larder says of it. Before that may stand {@code --- environment}, with lines
 * {@code NAME=value}, and {@code --- cache}, with the name of the cache whose creation fails.
 */
class WrongConfigurationTest {

    private static final Path CASES = Path.of("src/test/resources/wrong");

    private static final Pattern PART =
            Pattern.compile("--- (\\w+)\n(.*?)(?=^--- |\\z)", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    Path directory;

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedInTheseWords(String name) throws IOException {
        Map<String, String> parts = parts(Files.readString(CASES.resolve(name)));

        CacheException refusal = catchThrowableOfType(CacheException.class, () -> configure(name, parts));

        assertThat(refusal).hasMessage(parts.get("message"));
    }

    @Test
    void thereAreFiftyAtLeast() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(50);
    }

    /** A loader that nobody can make. */
    public abstract static class ShyLoader implements CacheLoader<String, String> {

        private ShyLoader() {}
    }

    private void configure(String name, Map<String, String> parts) throws IOException {
        String fileName = name.endsWith(".yaml.txt") ? "larder.yaml" : "larder.json";
        Path file = Files.writeString(directory.resolve(fileName), parts.get("configuration"));
        ClassLoader loader = WrongConfigurationTest.class.getClassLoader();
        try (FileConfiguration configuration = FileConfiguration.read(
                new ConfigurationFile(fileName, file.toUri().toURL()), loader, surroundings(parts))) {
            configuration.settingsOf(parts.get("cache"), new MutableConfiguration<>(), loader);
        }
    }

    private static Surroundings surroundings(Map<String, String> parts) {
        Map<String, String> variables = new TreeMap<>();
        parts.getOrDefault("environment", "").lines().forEach(line -> {
            int equals = line.indexOf('=');
            variables.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return new Surroundings(variables, name -> null);
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new TreeMap<>();
        for (MatchResult part :
                PART.matcher("--- configuration\n" + text).results().toList()) {
            parts.put(part.group(1), part.group(2).stripTrailing());
        }
        return parts;
    }
}
