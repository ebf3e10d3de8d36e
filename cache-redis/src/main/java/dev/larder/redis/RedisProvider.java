package dev.larder.redis;

import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.store.StoreProvider;
import dev.larder.store.StoreSource;

/** Makes Redis and Valkey known to configuration files as {@code redis}. */
public final class RedisProvider implements StoreProvider<RedisSettings> {

    private static final String SCHEMA =
            """
            {
              "description": "Servers of Redis or Valkey, shared with other JVMs.",
              "type": "object",
              "properties": {
                "uri": {
                  "description": "A server, the endpoint of a primary, or the configuration endpoint of a cluster: redis://host:port/database, or rediss:// for TLS.",
                  "type": "string",
                  "default": "redis://127.0.0.1:6379"
                },
                "topology": {
                  "description": "How the servers belong together.",
                  "enum": ["standalone", "cluster"],
                  "default": "standalone"
                },
                "nodes": {
                  "description": "Some nodes of a cluster, in place of uri.",
                  "type": "array",
                  "items": { "type": "string" }
                },
                "sentinel": %s,
                "readers": {
                  "description": "Replicas of the server at uri, or the endpoint that stands for them.",
                  "type": "array",
                  "items": { "type": "string" }
                },
                "readFrom": {
                  "description": "Which servers answer plain reads. Replicas need staleReads.",
                  "enum": ["primary", "replica"],
                  "default": "primary"
                },
                "staleReads": {
                  "description": "Whether reads may miss what was written a moment ago.",
                  "type": ["boolean", "string"],
                  "default": false
                },
                "ack": {
                  "description": "When a write is acknowledged: primary, when the primary has made it; replicas(n), when n replicas have it, too.",
                  "type": "string",
                  "default": "primary"
                },
                "auth": %s,
                "tls": %s,
                "prefix": {
                  "description": "What all keys begin with. Applications that share a server need one each.",
                  "type": "string",
                  "default": "larder:"
                },
                "clientName": {
                  "description": "What the servers list the connections as.",
                  "type": "string",
                  "default": "larder"
                },
                "connectTimeout": {
                  "description": "How long it may take to connect, TLS and greetings included.",
                  "type": "string",
                  "default": "5s"
                },
                "queue": {
                  "description": "How many commands may wait for their answers on a connection.",
                  "type": ["integer", "string"],
                  "default": 10000
                }
              },
              "additionalProperties": false
            }
            """.formatted(below(SentinelSettings.SCHEMA), below(AuthSettings.SCHEMA), below(TlsSettings.SCHEMA));

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public RedisProvider() {}

    private static String below(String schema) {
        return schema.indent(4).strip();
    }

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public Class<RedisSettings> settingsType() {
        return RedisSettings.class;
    }

    @Override
    public String schema() {
        return SCHEMA;
    }

    @Override
    public StoreSource open(RedisSettings settings) {
        return RedisStores.connect(settings);
    }
}
