package dev.larder.jcache.internal.config;

import dev.larder.store.StoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a kind of store says of its settings beyond their types.
 *
 * @param secrets the keys, at any depth, that are never shown
 * @param leaves the paths of the single values, which environment variables may change
 */
record StoreSchema(Set<String> secrets, List<List<String>> leaves) {

    static StoreSchema of(StoreProvider<?> provider) {
        StoreSchema schema = new StoreSchema(new TreeSet<>(), new ArrayList<>());
        schema.collect(Tokens.read("the schema of stores of type " + provider.type(), provider.schema()), KeyPath.ROOT);
        return schema;
    }

    private void collect(Node.Table schema, KeyPath path) {
        if (schema.get("properties") instanceof Node.Table properties) {
            properties.entries().forEach((key, node) -> collect(key, Shape.table(node), path.then(key)));
        }
    }

    private void collect(String key, Node.Table property, KeyPath path) {
        if (property.get("writeOnly") instanceof Node.Scalar writeOnly && Scalars.toBoolean(writeOnly)) {
            secrets.add(key);
        }
        if (property.get("properties") != null) {
            collect(property, path);
        } else if (isLeaf(property)) {
            leaves.add(path.keys());
        }
    }

    private static boolean isLeaf(Node.Table property) {
        return !(property.get("type") instanceof Node.Scalar type)
                || !Set.of("object", "array").contains(type.text());
    }
}
