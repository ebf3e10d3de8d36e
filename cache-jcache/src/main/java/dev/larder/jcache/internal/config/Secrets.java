package dev.larder.jcache.internal.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows which values must not be shown: by their key, by the schema of their store, or inside a URI. */
final class Secrets {

    static final String MASK = "***";

    /** {@code stores}, the name, and the kind. */
    private static final int KEYS_ABOVE_SETTINGS = 3;

    private static final Pattern KEY =
            Pattern.compile("(?i).*(password|passphrase|passwd|secret|token|credential|private_?key|api_?key).*");

    private static final Pattern USER_INFO = Pattern.compile("://[^/?#\\s]*@");

    private Secrets() {}

    /** Whether a value is the setting of a store whose key, or one above it, sounds like a secret. */
    static boolean isSecret(KeyPath path) {
        List<String> keys = path.keys();
        return keys.size() > KEYS_ABOVE_SETTINGS
                && keys.get(0).equals(FileKey.STORES.key())
                && keys.stream()
                        .skip(KEYS_ABOVE_SETTINGS)
                        .anyMatch(key -> KEY.matcher(key).matches());
    }

    /** Returns a text without the user and password of the URIs in it. */
    static String withoutUserInfo(String text) {
        return USER_INFO.matcher(text).replaceAll("://" + MASK + "@");
    }

    /** Marks what stands under certain keys, at any depth. */
    static Node.Table marked(Node.Table table, Set<String> keys) {
        Map<String, Node> marked = new LinkedHashMap<>();
        table.entries().forEach((key, node) -> marked.put(key, marked(node, keys, keys.contains(key))));
        return new Node.Table(table.path(), table.place(), marked);
    }

    private static Node marked(Node node, Set<String> keys, boolean secret) {
        if (node instanceof Node.Scalar scalar) {
            return secret ? scalar.asSecret() : scalar;
        }
        if (node instanceof Node.Items list) {
            return new Node.Items(
                    list.path(),
                    list.place(),
                    list.items().stream()
                            .map(item -> marked(item, keys, secret))
                            .toList());
        }
        return marked((Node.Table) node, keys);
    }
}
