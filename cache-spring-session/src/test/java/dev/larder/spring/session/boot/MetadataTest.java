package dev.larder.spring.session.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
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

    @Test
    void eachPropertyIsDescribedAndNoOther() throws IOException {
        Set<String> properties = Arrays.stream(LarderSessionProperties.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(MetadataTest::dashed)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> described = NAME.matcher(metadata())
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(properties);
        assertThat(properties).allMatch(ConfigurationPropertyName::isValid);
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
