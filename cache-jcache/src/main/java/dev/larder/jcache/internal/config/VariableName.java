package dev.larder.jcache.internal.config;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the name of an environment variable from a path: its words in capital letters, joined by underscores.
 *
 * <p>A word ends before a capital letter that follows a small one, and before and after all that is neither letter nor
 * digit; a star is the word ANY. So <code>templates."products*".expireAfterWrite</code> becomes
 * {@code TEMPLATES_PRODUCTS_ANY_EXPIRE_AFTER_WRITE}.
 */
final class VariableName {

    private static final Pattern HUMP = Pattern.compile("(?<=[\\p{Ll}\\d])(?=\\p{Lu})");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\d]+");
    private static final String STAR = " ANY ";

    private VariableName() {}

    static String of(KeyPath path) {
        return path.keys().stream()
                .map(VariableName::words)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("_"));
    }

    private static String words(String key) {
        String apart = HUMP.matcher(key.replace("*", STAR)).replaceAll(" ");
        return BETWEEN_WORDS
                .matcher(apart.strip())
                .replaceAll("_")
                .replaceAll("^_|_$", "")
                .toUpperCase(Locale.ROOT);
    }
}
