package dev.larder.jcache.internal.config;

import java.util.Arrays;
import java.util.List;

/** The keys at the top of a configuration file, of which the schema and the documents are made. */
enum FileKey {
    SCHEMA(
            "$schema",
            "{ \"type\": \"string\" }",
            "The address of `larder.schema.json`, for your editor. Larder does not read it."),
    STRICT(
            "strict",
            ValueType.BOOLEAN.schema(),
            "Whether a cache that no template matches, and that is not in `caches`, is refused. Default: `false`."),
    ENVIRONMENT_PREFIX(
            "environmentPrefix",
            "{ \"type\": \"string\", \"pattern\": \"^[A-Z][A-Z0-9_]*$\" }",
            "What the environment variables that change this file begin with. Default: `LARDER`."),
    DEFAULTS("defaults", "{ \"$ref\": \"#/$defs/defaults\" }", "Settings for every cache, under those of templates."),
    STORES("stores", "{ \"$ref\": \"#/$defs/stores\" }", "Stores by the name that `store` gives."),
    TEMPLATES(
            "templates",
            "{ \"type\": \"object\", \"propertyNames\": { \"$ref\": \"#/$defs/pattern\" },"
                    + " \"additionalProperties\": { \"$ref\": \"#/$defs/template\" } }",
            "Settings by the pattern of the names of caches."),
    CACHES(
            "caches",
            "{ \"type\": \"object\", \"additionalProperties\": { \"$ref\": \"#/$defs/cache\" } }",
            "Caches that exist as soon as the manager does, by name.");

    private final String key;
    private final String schema;
    private final String doc;

    FileKey(String key, String schema, String doc) {
        this.key = key;
        this.schema = schema;
        this.doc = doc;
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(FileKey::key).toList();
    }

    String key() {
        return key;
    }

    String schema() {
        return schema;
    }

    String doc() {
        return doc;
    }
}
