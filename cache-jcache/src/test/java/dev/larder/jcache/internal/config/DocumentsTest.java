package dev.larder.jcache.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on configuration, the schema and the code say the same. */
class DocumentsTest {

    private static final StoreProviders PROVIDERS = new StoreProviders(ConfigurationText.LOADER);

    /** What a schema cannot see: names that refer to others, classes, and what depends on the kinds of store. */
    private static final Set<String> SEEN_BY_THE_CODE_ONLY = Set.of(
            "allow-unknown-class",
            "count-too-large",
            "extends-in-a-circle",
            "extends-itself",
            "extends-unknown",
            "duration-zero",
            "duration-too-long",
            "key-twice",
            "loader-is-none",
            "loader-unknown",
            "loader-without-constructor",
            "max-stale-zero",
            "placeholder-nested",
            "placeholder-of-unset-property",
            "placeholder-open",
            "placeholder-unknown",
            "placeholder-unset",
            "placeholder-with-wrong-value",
            "store-of-unknown-type",
            "store-unknown",
            "type-is-primitive");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaText.with(PROVIDERS, List.of("heap")), InputFormat.JSON);

    @Test
    void tablesAreTheCodes() throws IOException {
        assertThat(Documents.marked("keys", Documents.keys())).isEqualTo(Documents.keys());
        assertThat(Documents.marked("settings", Documents.settings())).isEqualTo(Documents.settings());
        assertThat(Documents.marked("settings of caches", Documents.settingsOfCaches()))
                .isEqualTo(Documents.settingsOfCaches());
    }

    /** The one in {@code docs} knows the settings of more kinds of store, and is made from this one by the tests of cache-redis. */
    @Test
    void schemaInTheJarIsTheCodes() throws IOException {
        String made = SchemaText.with(PROVIDERS, List.of("heap"));

        assertThat(Documents.file(Path.of("src/main/resources/larder.schema.json"), made))
                .isEqualTo(made);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleIsRightForTheCodeAndForTheSchema(String text, InputFormat format) {
        ConfigurationText example =
                format == InputFormat.JSON ? ConfigurationText.json(text) : ConfigurationText.yaml(text);

        assertThatCode(example.variable("SHOP_TTL", "5m")::read).doesNotThrowAnyException();
        assertThat(schema.validate(text, format)).isEmpty();
    }

    static Stream<Arguments> examples() throws IOException {
        List<Arguments> examples = new ArrayList<>();
        Documents.examples("json").forEach(text -> examples.add(Arguments.of(text, InputFormat.JSON)));
        Documents.examples("yaml").forEach(text -> examples.add(Arguments.of(text, InputFormat.YAML)));
        return examples.stream();
    }

    @Test
    void thereAreExamples() throws IOException {
        assertThat(Documents.examples("json")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(Documents.examples("yaml")).isNotEmpty();
    }

    /** Those with an environment, with a cache or for the parser are left out: they are not the schema's business. */
    @Test
    void schemaRefusesWhatTheCodeRefuses() throws IOException {
        Schema withDrawers = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaText.with(PROVIDERS, List.of("drawer", "heap")), InputFormat.JSON);
        Set<String> missed = new TreeSet<>();
        for (String name : WrongConfigurationTest.cases().toList()) {
            String text = Files.readString(Path.of("src/test/resources/wrong", name));
            String json = text.substring(0, text.indexOf("--- "));
            if (isForTheSchema(name, text)
                    && withDrawers.validate(json, InputFormat.JSON).isEmpty()) {
                missed.add(name.replace(".txt", ""));
            }
        }

        assertThat(missed).isEqualTo(new TreeSet<>(SEEN_BY_THE_CODE_ONLY));
    }

    private static boolean isForTheSchema(String name, String text) {
        return !name.endsWith(".yaml.txt")
                && !text.contains("--- environment")
                && !text.contains("--- cache")
                && !text.contains("cannot be parsed")
                && !name.matches("empty-file.txt|something-after-the-end.txt|no-object.txt")
                && !(name.startsWith("store-") && text.contains("\"drawer\": {") && !name.equals("store-unknown.txt"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingIsInTheSchemaOfABlock(Setting<?> setting) {
        String json = "{ \"templates\": { \"*\": { \"" + setting.name() + "\": \"${env:X}\" } } }";

        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
    }

    static Stream<Setting<?>> settings() {
        return Settings.EVERYWHERE.stream();
    }
}
