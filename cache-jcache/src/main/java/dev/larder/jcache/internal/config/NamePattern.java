package dev.larder.jcache.internal.config;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pattern of cache names, in which {@code *} stands for any letters or none. */
final class NamePattern {

    private final String text;
    private final Pattern pattern;

    NamePattern(String text) {
        this.text = text;
        pattern = Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** Returns how many letters it says; a pattern without {@code *} weighs more than any other. */
    int weight() {
        int letters = text.replace("*", "").length();
        return letters == text.length() ? Integer.MAX_VALUE : letters;
    }
}
