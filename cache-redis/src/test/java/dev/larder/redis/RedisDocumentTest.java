package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.larder.testkit.server.SecuredCluster;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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
        List<String> shown = BLOCK.matcher(section())
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```json\n".length(), block.length() - "```".length()))
                .toList();

        assertThat(shown)
                .hasSizeGreaterThan(8)
                .allSatisfy(text -> assertThatCode(() -> STRICT.readValue(text, RedisSettings.class))
                        .doesNotThrowAnyException());
    }

    @Test
    void userOfTheTestsIsTheOneThatIsTold() throws IOException {
        assertThat(section()).contains("    user app on >password " + SecuredCluster.ALLOWED + "\n");
    }

    @Test
    void userOfTheSentinelsIsTheOneThatIsTold() throws IOException {
        assertThat(section()).contains("    user finder on >password " + SecuredSentinelsTest.ALLOWED + "\n");
    }

    private static String section() throws IOException {
        String document = Files.readString(Path.of("../docs/redis.md"));
        return document.substring(document.indexOf("## Settings"), document.indexOf("## Security"));
    }
}
