package dev.larder.jcache.internal.config;

import dev.larder.jcache.internal.config.Setting.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings that a file says in one place: {@code defaults}, a template, or a cache.
 *
 * @param node the place
 * @param values what is said there
 * @param parent the template that it extends, or null
 */
record Block(Node.Table node, Map<Setting<?>, Value<?>> values, Node.@Nullable Scalar parent) {

    static final String EXTENDS = "extends";

    static Block parse(Node.Table table, List<Setting<?>> settings, ClassLoader classLoader) {
        Map<Setting<?>, Value<?>> values = new LinkedHashMap<>();
        for (Setting<?> setting : settings) {
            Node node = table.get(setting.name());
            if (node != null) {
                refuseAnother(setting, node, values);
                values.put(setting, setting.parse(node, classLoader));
            }
        }
        Node parent = table.get(EXTENDS);
        return new Block(table, values, parent == null ? null : Shape.scalar(parent));
    }

    private static void refuseAnother(Setting<?> setting, Node node, Map<Setting<?>, Value<?>> values) {
        for (Setting<?> other : values.keySet()) {
            if (setting.excludes(other)) {
                throw Problem.at(
                        node, "cannot be combined with " + other.name() + ", which is there too; leave one of them");
            }
        }
    }

    /** Returns the name of the template or cache. */
    String name() {
        return node.path().last();
    }

    /** Lays this block over what farther ones say, so that the nearer stands behind the farther. */
    void layOver(Map<Setting<?>, Value<?>> farther) {
        values.forEach((setting, value) -> {
            farther.keySet().removeIf(other -> other.equals(setting) || setting.excludes(other));
            farther.put(setting, value);
        });
    }
}
