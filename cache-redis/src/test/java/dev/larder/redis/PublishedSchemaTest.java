package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema that users point their editors at is that of cache-jcache, with the settings of {@code redis}. With {@code -Dlarder.update=true} it is written
 * instead of compared.
 */
class PublishedSchemaTest {

    private static final Path PUBLISHED = Path.of("../docs/larder.schema.json");
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void publishedSchemaKnowsTheSettingsOfRedis() throws IOException {
        String made = withRedis();
        if (Boolean.getBoolean("larder.update")) {
            Files.writeString(PUBLISHED, made);
        }

        assertThat(Files.readString(PUBLISHED)).isEqualTo(made);
    }

    private static String withRedis() throws IOException {
        try (InputStream ofHeap = Objects.requireNonNull(
                ClassLoader.getSystemResourceAsStream("larder.schema.json"), "the schema of cache-jcache")) {
            ObjectNode schema = (ObjectNode) JSON.readTree(ofHeap);
            kindsOfStore(schema).set("redis", JSON.readTree(new RedisProvider().schema()));
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
        }
    }

    private static ObjectNode kindsOfStore(ObjectNode schema) {
        return (ObjectNode) schema.at("/$defs/stores/additionalProperties/properties");
    }
}
