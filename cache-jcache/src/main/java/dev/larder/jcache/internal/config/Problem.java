package dev.larder.jcache.internal.config;

import java.util.Collection;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Words for what is wrong in a configuration file: the file, the line, the path, the value, the rule, and what to write.
 *
 * <pre>
 * larder.json, line 4: templates."products*".expireAfterWrite: "10" has no unit; write 10s, 10m or 10h
 * </pre>
 */
final class Problem {

    private Problem() {}

    /** Returns the exception for a value that breaks a rule. */
    static CacheException value(Node.Scalar value, String rule) {
        return value(value, rule, null);
    }

    static CacheException value(Node.Scalar value, String rule, @Nullable Throwable cause) {
        return at(value, value.explained() + " " + rule, cause);
    }

    /** Returns the exception for a part of the file that breaks a rule. */
    static CacheException at(Node node, String rule) {
        return at(node, rule, null);
    }

    static CacheException at(Node node, String rule, @Nullable Throwable cause) {
        String path = node.path().keys().isEmpty() ? "" : node.path() + ": ";
        return new CacheException(node.place() + ": " + path + rule, cause);
    }

    /** Returns the exception for a key that means nothing where it stands. */
    static CacheException unknownKey(Node.Table table, String key, Collection<String> known) {
        Node found = table.get(key);
        Node.Table here = found == null ? table : new Node.Table(table.path(), found.place(), table.entries());
        return at(here, "unknown key \"" + key + "\"; " + Nearest.advice(key, known));
    }

    /** Returns the exception for a name that nothing has. */
    static CacheException unknownName(Node.Scalar value, String what, Collection<String> known) {
        return value(value, "is no " + what + "; " + Nearest.advice(value.text(), known));
    }
}
