package dev.larder.jcache.internal.config;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${env:NAME}</code>, <code>${sys:name}</code> and <code>${env:NAME:-default}</code> in a text.
 * <code>$${</code> stands for <code>${</code>. What was put in is not looked at again.
 */
final class Substitution {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");
    private static final Pattern REFERENCE = Pattern.compile("(env|sys):([^:${]+)(?::-([^${]*))?");

    private final Surroundings surroundings;

    Substitution(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Returns the text with everything replaced.
     *
     * @throws IllegalArgumentException if a placeholder is malformed or has no value; the message says which
     */
    String apply(String text) {
        return text.contains("${") ? PLACEHOLDER.matcher(text).replaceAll(this::replacement) : text;
    }

    private String replacement(MatchResult match) {
        String whole = match.group();
        if (whole.equals("$${")) {
            return Matcher.quoteReplacement("${");
        }
        Matcher reference = REFERENCE.matcher(match.group(1));
        if (!whole.endsWith("}") || !reference.matches()) {
            throw new IllegalArgumentException(
                    "has a malformed placeholder; write ${env:NAME}, ${sys:name} or ${env:NAME:-default}, and $${ for ${"
                            + " itself");
        }
        String found = look(reference.group(1), reference.group(2));
        String value = found == null ? reference.group(3) : found;
        if (value == null) {
            throw new IllegalArgumentException("needs the " + what(reference.group(1)) + " " + reference.group(2)
                    + ", which is not set; set it, or write ${" + match.group(1) + ":-default}");
        }
        return Matcher.quoteReplacement(value);
    }

    private @Nullable String look(String kind, String name) {
        return kind.equals("env")
                ? surroundings.variables().get(name)
                : surroundings.properties().apply(name);
    }

    private static String what(String kind) {
        return kind.equals("env") ? "environment variable" : "system property";
    }
}
