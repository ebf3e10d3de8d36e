package dev.larder.jcache.internal.config;

import java.util.Collection;
import java.util.function.Function;

/** Insists on the form of a part of the file. */
final class Shape {

    private Shape() {}

    static Node.Scalar scalar(Node node) {
        if (node instanceof Node.Scalar scalar) {
            if (scalar.kind() == Node.Scalar.Kind.NULL) {
                throw Problem.at(node, "null is no value; write one, or leave the key out");
            }
            return scalar;
        }
        throw Problem.at(node, what(node) + " stands where a single value belongs; write the value itself");
    }

    /** Returns a single value, made by a parser whose exceptions say the rest of a sentence that begins with the value. */
    static <T> T value(Node node, Function<Node.Scalar, T> parser) {
        Node.Scalar scalar = scalar(node);
        try {
            return parser.apply(scalar);
        } catch (IllegalArgumentException e) {
            throw Problem.value(scalar, String.valueOf(e.getMessage()), e);
        }
    }

    static Node.Table table(Node node) {
        if (node instanceof Node.Table table) {
            return table;
        }
        throw Problem.at(node, what(node) + " stands where an object belongs; write { \"key\": value }");
    }

    static Node.Items list(Node node) {
        if (node instanceof Node.Items list) {
            return list;
        }
        throw Problem.at(node, what(node) + " stands where a list belongs; write [ value, value ]");
    }

    static void requireKnownKeys(Node.Table table, Collection<String> known) {
        for (String key : table.entries().keySet()) {
            if (!known.contains(key)) {
                throw Problem.unknownKey(table, key, known);
            }
        }
    }

    private static String what(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.explained();
        }
        return node instanceof Node.Table ? "an object" : "a list";
    }
}
