package dev.larder.jcache.internal.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a configuration file that knows where it stands. Made by {@link Tokens}; no type of a parser shows. */
sealed interface Node {

    KeyPath path();

    Place place();

    /** Keys with what stands under them, in the file's order. */
    record Table(KeyPath path, Place place, Map<String, Node> entries) implements Node {

        /** Returns a table without entries, for a part of the file that is not there. */
        static Table empty(KeyPath path, Place place) {
            return new Table(path, place, Map.of());
        }

        @Nullable
        Node get(String key) {
            return entries.get(key);
        }

        /** Returns this table with another value at a path below it; tables on the way are made where there are none. */
        Table with(List<String> keys, Scalar value) {
            String key = keys.get(0);
            Map<String, Node> changed = new LinkedHashMap<>(entries);
            if (keys.size() == 1) {
                changed.put(key, value);
            } else {
                Table below =
                        entries.get(key) instanceof Table table ? table : Table.empty(path.then(key), value.place());
                changed.put(key, below.with(keys.subList(1, keys.size()), value));
            }
            return new Table(path, place, changed);
        }
    }

    /** A list. */
    record Items(KeyPath path, Place place, List<Node> items) implements Node {

        static final String SEPARATOR = ",";

        /** Returns the items, all single values, as one text with commas between them. */
        Scalar joined() {
            List<Scalar> scalars = items.stream().map(Shape::scalar).toList();
            String text =
                    String.join(SEPARATOR, scalars.stream().map(Scalar::text).toList());
            String written =
                    String.join(SEPARATOR, scalars.stream().map(Scalar::written).toList());
            return new Scalar(path, place, Scalar.Kind.STRING, text, written, false);
        }
    }

    /**
     * A single value.
     *
     * @param text what it says, with {@code ${...}} replaced
     * @param written what stands in the file
     * @param secret whether it must not be shown
     */
    record Scalar(KeyPath path, Place place, Kind kind, String text, String written, boolean secret) implements Node {

        /** What the file's format takes it for. */
        enum Kind {
            STRING,
            NUMBER,
            BOOLEAN,
            NULL
        }

        boolean isString() {
            return kind == Kind.STRING;
        }

        Scalar asSecret() {
            return new Scalar(path, place, kind, text, written, true);
        }

        /** Returns the value as it may be shown. */
        String shown() {
            if (secret) {
                return Secrets.MASK;
            }
            String masked = Secrets.withoutUserInfo(text);
            return isString() ? '"' + masked + '"' : masked;
        }

        /** Returns the value as it may be shown, and what it was made from. */
        String explained() {
            return secret || text.equals(written)
                    ? shown()
                    : shown() + " (from \"" + Secrets.withoutUserInfo(written) + "\")";
        }
    }
}
