package dev.larder.spring.session.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** What editors are told of the properties is true of them. */
class MetadataTest {

    private static final Pattern NAME = Pattern.compile("\"name\": \"larder\\.session\\.([a-z-]+)\",\\s+\"type\"");
    private static final Pattern DOCUMENTED = Pattern.compile("`([a-z-]+)`");

    @Test
    void eachPropertyIsDescribedAndNoOther() throws IOException {
        Set<String> properties = properties();

        assertThat(names(NAME, metadata())).isEqualTo(properties);
        assertThat(properties).allMatch(ConfigurationPropertyName::isValid);
    }

    @Test
    void documentationHasEachPropertyAndNoOther() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "sessions-spring.md"));
        int begins = page.indexOf("| `larder.session.` |");
        assertThat(begins).isPositive();
        String rows = page.substring(page.indexOf("\n|", begins), page.indexOf("\n\n", begins));
        String firstColumn = rows.replaceAll("(?m)^(\\|[^|]*\\|).*$", "$1");

        assertThat(names(DOCUMENTED, firstColumn)).isEqualTo(properties());
    }

    private static Set<String> properties() {
        return Arrays.stream(LarderSessionProperties.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(MetadataTest::dashed)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The file of this module: others bring one of the same name. */
    private static String metadata() throws IOException {
        for (URL file : Collections.list(LarderSessionProperties.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream bytes = file.openStream()) {
                String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
                if (text.contains(LarderSessionProperties.class.getName())) {
                    return text;
                }
            }
        }
        throw new AssertionError("there is no metadata");
    }
}
