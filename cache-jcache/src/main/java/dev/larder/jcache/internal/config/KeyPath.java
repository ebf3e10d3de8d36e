package dev.larder.jcache.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The keys that lead to a value, written {@code templates."products*".statistics}. */
record KeyPath(List<String> keys) {

    static final KeyPath ROOT = new KeyPath(List.of());

    private static final Pattern PLAIN = Pattern.compile("[$A-Za-z0-9_-]+|\\[\\d+]");

    static KeyPath of(String... keys) {
        return new KeyPath(List.of(keys));
    }

    KeyPath then(String key) {
        List<String> longer = new ArrayList<>(keys);
        longer.add(key);
        return new KeyPath(List.copyOf(longer));
    }

    KeyPath then(int index) {
        return then("[" + index + "]");
    }

    String last() {
        return keys.get(keys.size() - 1);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            String shown = PLAIN.matcher(key).matches() ? key : '"' + key + '"';
            text.append(text.isEmpty() || key.startsWith("[") ? "" : ".").append(shown);
        }
        return text.toString();
    }
}
