package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.larder.testkit.server.SecuredCluster;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Holds {@code docs/redis.md} against the settings, and the ACL line against that of the tests. */
class RedisDocumentTest {

    private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\| `([a-zA-Z]+)` \\|", Pattern.MULTILINE);
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    @Test
    void eachSettingHasItsRow() throws IOException {
        assertThat(ROW.matcher(section()).results().map(row -> row.group(1)))
                .containsExactlyElementsOf(Arrays.stream(RedisSettings.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void settingsThatAreShownAreSettings() throws IOException {
        assertThat(blocks(section()).filter(text -> !isWholeFile(text)))
                .hasSizeGreaterThan(8)
                .allSatisfy(text -> assertThatCode(() -> STRICT.readValue(text, RedisSettings.class))
                        .doesNotThrowAnyException());
    }

    @Test
    void wholeFilesThatAreShownAreConfigurations(@TempDir Path directory) throws IOException {
        List<String> files =
                blocks(document()).filter(RedisDocumentTest::isWholeFile).toList();

        assertThat(files).hasSizeGreaterThan(1);
        for (String text : files) {
            URI file = Files.writeString(directory.resolve("larder.json"), text).toUri();
            assertThatCode(() -> manager(file).close()).as(text).doesNotThrowAnyException();
        }
    }

    /** Reads the file as applications do. Connects to nothing before there are caches. */
    private static CacheManager manager(URI file) {
        return Caching.getCachingProvider("dev.larder.jcache.provider.LarderCachingProvider")
                .getCacheManager(file, RedisDocumentTest.class.getClassLoader());
    }

    @Test
    void userOfTheTestsIsTheOneThatIsTold() throws IOException {
        assertThat(document())
                .contains("    user app on >password " + SecuredCluster.ALLOWED + "\n")
                .contains("    on " + SecuredCluster.ALLOWED + "\n");
    }

    private static Stream<String> blocks(String text) {
        return BLOCK.matcher(text).results().map(block -> block.group(1));
    }

    /** The others are what stands in one, behind {@code "redis":}. */
    private static boolean isWholeFile(String text) {
        return text.contains("\"stores\"");
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("../docs/redis.md"));
    }

    @Test
    void userOfTheSentinelsIsTheOneThatIsTold() throws IOException {
        assertThat(document()).contains("    user finder on >password " + SecuredSentinelsTest.ALLOWED + "\n");
    }

    private static String section() throws IOException {
        String document = document();
        return document.substring(document.indexOf("## Settings"), document.indexOf("## Security"));
    }
}
