package dev.larder.patterns.invalidate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;

/**
 * Understands what a {@link PostgresTrigger} says.
 *
 * @param key makes a key of the text of its columns
 */
record Notifications<K>(Function<List<String>, ? extends K> key) {

    private static final System.Logger LOGGER = System.getLogger(PostgresListener.class.getName());
    private static final Pattern SEPARATOR = Pattern.compile(String.valueOf(PostgresTrigger.SEPARATOR));

    /** Drops the keys that were named, or all if any may have been meant. */
    void apply(PGNotification[] heard, Invalidator<K> invalidator) {
        Set<K> keys = new HashSet<>();
        for (PGNotification notification : heard) {
            K named = keyOf(notification.getParameter());
            if (named == null) {
                invalidator.invalidateAll();
                return;
            }
            keys.add(named);
        }
        invalidator.invalidate(keys);
    }

    /** Returns the key, or null for any, as which counts also what cannot be understood. */
    private @Nullable K keyOf(String payload) {
        if (!payload.startsWith(PostgresTrigger.KEY)) {
            return null;
        }
        try {
            return key.apply(List.of(SEPARATOR.split(payload.substring(PostgresTrigger.KEY.length()), -1)));
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "a notification names a key that cannot be made; all entries are dropped instead",
                    e);
            return null;
        }
    }
}
