package dev.larder.jcache.internal.config;

import dev.larder.store.ByteSize;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreProvider;
import dev.larder.store.StoreSource;
import dev.larder.store.heap.HeapStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind of store for tests, with settings of every type. It is the heap in truth, and tells what was opened and closed. */
public final class DrawerStoreProvider implements StoreProvider<DrawerStoreProvider.Settings> {

    /** What happened, in order: {@code open /there}, {@code close /there}. */
    static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());

    /** How hard to try. */
    public enum Effort {
        LITTLE,
        MUCH
    }

    /** How to get in. */
    public record Access(String user, @Nullable String password, int attempts) {}

    /** The settings. */
    public record Settings(
            URI path,
            @Nullable Duration timeout,
            @Nullable ByteSize buffer,
            @Nullable Long items,
            @Nullable Boolean locked,
            @Nullable Double share,
            @Nullable Effort effort,
            @Nullable Access access,
            @Nullable String combination,
            @Nullable List<String> labels,
            @Nullable Map<String, Integer> shelves) {

        public Settings {
            if (path == null) {
                throw new IllegalArgumentException("\"path\" is missing; write where the drawer is");
            }
            timeout = timeout == null ? Duration.ofSeconds(1) : timeout;
        }
    }

    @Override
    public String type() {
        return "drawer";
    }

    @Override
    public Class<Settings> settingsType() {
        return Settings.class;
    }

    @Override
    public String schema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "path": { "type": "string", "format": "uri-reference" },
                    "timeout": { "type": "string" },
                    "buffer": { "type": "string" },
                    "items": { "type": ["integer", "string"] },
                    "locked": { "type": ["boolean", "string"] },
                    "share": { "type": ["number", "string"] },
                    "effort": { "enum": ["little", "much"] },
                    "access": {
                      "type": "object",
                      "properties": {
                        "user": { "type": "string" },
                        "password": { "type": "string" },
                        "attempts": { "type": "integer" }
                      }
                    },
                    "combination": { "type": "string", "writeOnly": true },
                    "labels": { "type": "array", "items": { "type": "string" } },
                    "shelves": { "type": "object", "additionalProperties": { "type": "integer" } }
                  },
                  "required": ["path"],
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public StoreSource open(Settings settings) {
        if (settings.path().toString().equals("/stuck")) {
            throw new IllegalStateException("the drawer is stuck");
        }
        LOG.add("open " + settings.path());
        return new StoreSource() {
            @Override
            public StoreFactory stores() {
                return HeapStore.unbounded();
            }

            @Override
            public void close() {
                LOG.add("close " + settings.path());
            }
        };
    }
}
