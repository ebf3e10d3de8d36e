package dev.larder.redis;

import dev.larder.store.StoreProvider;
import dev.larder.store.StoreSource;

/** Makes Redis and Valkey known to configuration files as {@code redis}. */
public final class RedisProvider implements StoreProvider<RedisSettings> {

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public RedisProvider() {}

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
        return """
                {
                  "description": "A server or cluster of Redis or Valkey, shared with other JVMs.",
                  "type": "object",
                  "properties": {
                    "uri": {
                      "description": "redis://host:port/database, or rediss:// for TLS.",
                      "type": "string",
                      "default": "redis://127.0.0.1:6379"
                    },
                    "prefix": {
                      "description": "What all keys begin with. Applications that share a server need one each.",
                      "type": "string",
                      "default": "larder:"
                    }
                  },
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public StoreSource open(RedisSettings settings) {
        return RedisStores.connect(settings);
    }
}
