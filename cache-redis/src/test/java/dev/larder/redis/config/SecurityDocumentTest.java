package dev.larder.redis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the settings that {@code docs/redis.md} shows of security. */
class SecurityDocumentTest {

    private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** What the document shows of a store's settings. */
    private record Parts(
            @Nullable AuthSettings auth, @Nullable TlsSettings tls) {}

    @Test
    void settingsThatAreShownAreSettings() throws IOException {
        List<String> shown = settingsOf(Files.readString(Path.of("../docs/redis.md")));

        assertThat(shown)
                .hasSizeGreaterThan(5)
                .allSatisfy(text -> assertThatCode(() -> STRICT.readValue(text, Parts.class))
                        .doesNotThrowAnyException());
    }

    /** The blocks of the section, but for the policy of AWS. */
    private static List<String> settingsOf(String document) {
        String section = document.substring(document.indexOf("## Security"));
        return BLOCK.matcher(section)
                .results()
                .map(block -> block.group(1))
                .filter(text -> text.startsWith("{ \"auth\"") || text.startsWith("{ \"tls\""))
                .toList();
    }
}
