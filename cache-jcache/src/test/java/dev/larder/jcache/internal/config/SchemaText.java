package dev.larder.jcache.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Makes the JSON schema of configuration files from the tables of keys and settings, and from the kinds of store. */
final class SchemaText {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final List<String> definitions = new ArrayList<>();

    /**
     * Returns the schema with the fragments of some kinds of store; others are allowed, with any settings.
     */
    static String with(StoreProviders providers, List<String> types) {
        return new SchemaText().make(providers, types);
    }

    private String make(StoreProviders providers, List<String> types) {
        define("placeholder", "{ \"type\": \"string\", \"pattern\": \"\\\\$\\\\{\" }");
        define("pattern", "{ \"minLength\": 1, \"not\": { \"pattern\": \"\\\\*\\\\*\" } }");
        for (Setting<?> setting : Settings.OF_CACHES) {
            define("setting." + setting.name(), described(setting.type().schema(), setting.doc()));
        }
        define("defaults", block(Settings.EVERYWHERE, false));
        define("template", block(Settings.EVERYWHERE, true));
        define("cache", block(Settings.OF_CACHES, true));
        define("stores", stores(providers, types));
        return pretty(root());
    }

    private void define(String name, String schema) {
        definitions.add(quoted(name) + ": " + schema);
    }

    private String root() {
        String properties = java.util.Arrays.stream(FileKey.values())
                .map(key -> quoted(key.key()) + ": " + described(key.schema(), key.doc()))
                .collect(Collectors.joining(","));
        return "{ \"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"title\": \"Configuration of Larder\","
                + " \"type\": \"object\", \"properties\": {" + properties
                + "}, \"additionalProperties\": false, \"$defs\": {" + String.join(",", definitions) + "} }";
    }

    private static String block(List<Setting<?>> settings, boolean mayExtend) {
        String properties = settings.stream()
                .map(setting -> quoted(setting.name()) + ": { \"$ref\": \"#/$defs/setting." + setting.name() + "\" }")
                .collect(Collectors.joining(","));
        String parent = mayExtend ? ", \"extends\": " + described("{ \"type\": \"string\" }", Documents.EXTENDS) : "";
        return "{ \"type\": \"object\", \"properties\": {" + properties + parent
                + "}, \"additionalProperties\": false, \"allOf\": [" + exclusions(settings) + "] }";
    }

    private static String exclusions(List<Setting<?>> settings) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            for (Setting<?> later : settings.subList(i + 1, settings.size())) {
                if (settings.get(i).excludes(later)) {
                    pairs.add("{ \"not\": { \"required\": ["
                            + quoted(settings.get(i).name()) + ", " + quoted(later.name()) + "] } }");
                }
            }
        }
        return String.join(",", pairs);
    }

    private static String stores(StoreProviders providers, List<String> types) {
        String fragments = types.stream()
                .map(type -> quoted(type) + ": " + providers.get(type).schema())
                .collect(Collectors.joining(","));
        return "{ \"type\": \"object\", \"propertyNames\": { \"not\": { \"const\": \"heap\" } }, \"additionalProperties\": {"
                + " \"type\": \"object\", \"minProperties\": 1, \"maxProperties\": 1, \"properties\": {" + fragments
                + "}, \"additionalProperties\": { \"type\": \"object\" } } }";
    }

    private static String described(String schema, String doc) {
        return "{ \"description\": " + quoted(doc.replace("`", "")) + ","
                + schema.strip().substring(1);
    }

    private static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    private static String pretty(String json) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(json)) + "\n";
    }
}
