package dev.larder.redis.config;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sentinels tell where the primary is.
 *
 * @param master the name by which they know it
 * @param nodes the addresses of the sentinels, {@code redis://host:26379}; {@code rediss://} if they and the servers speak TLS
 * @param auth who the store is to the sentinels, if they ask; it has no IAM
 */
public record SentinelSettings(
        String master, List<URI> nodes, @Nullable AuthSettings auth) {

    /** The JSON schema of this record. */
    public static final String SCHEMA =
            """
            {
              "description": "Which sentinels tell where the primary is.",
              "type": "object",
              "properties": {
                "master": { "type": "string", "description": "The name by which the sentinels know the primary." },
                "nodes": {
                  "type": "array",
                  "items": { "type": "string" },
                  "description": "The sentinels: redis://host:26379, or rediss:// if they and the servers speak TLS."
                },
                "auth": %s
              },
              "required": ["master", "nodes"],
              "additionalProperties": false
            }
            """.formatted(AuthSettings.SCHEMA.indent(4).strip());

    /** Checks that nothing is missing. */
    public SentinelSettings {
        if (master == null || master.isBlank()) {
            throw new IllegalArgumentException(
                    "\"master\" is missing in \"sentinel\"; write the name by which the sentinels know the primary");
        }
        if (nodes == null || nodes.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"nodes\" is missing in \"sentinel\"; write the addresses of the sentinels");
        }
        nodes = List.copyOf(nodes);
        Addresses.check("sentinel.nodes", nodes);
        nodes.forEach(SentinelSettings::requireNoDatabase);
        if (auth != null && auth.iam() != null) {
            throw new IllegalArgumentException("\"sentinel\" cannot have \"iam\"; ElastiCache has no sentinels");
        }
    }

    /** A sentinel has no databases, and whoever names one means that of the primary. */
    private static void requireNoDatabase(URI node) {
        if (Addresses.database("sentinel.nodes", node) != 0) {
            throw new IllegalArgumentException("\"sentinel.nodes\" must end with the port: " + node.getHost()
                    + "; servers that are found by sentinels are used with database 0 alone, so give the store a \"prefix\" of its own in "
                    + "place of a database");
        }
    }
}
