package dev.larder.jcache.internal.config;

import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** What needs Jackson's YAML module, which a user may leave out: not to be touched for a file in JSON. */
final class Yaml {

    private Yaml() {}

    static TokenStreamFactory factory() {
        return new YAMLFactory();
    }

    /** Whether the parser stands at an alias, which it would otherwise take for the alias's name. */
    static boolean isAlias(JsonParser parser) {
        return ((YAMLParser) parser).isCurrentAlias();
    }
}
