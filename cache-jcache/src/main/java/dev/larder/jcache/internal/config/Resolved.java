package dev.larder.jcache.internal.config;

import dev.larder.jcache.internal.config.Setting.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of one cache, all in all.
 *
 * @param cacheName the cache
 * @param own what the cache itself says, or null if it is not in the file
 * @param template the template that it has, or null
 * @param values the settings, the nearest of each
 */
record Resolved(
        String cacheName, @Nullable Block own, @Nullable Block template, Map<Setting<?>, Value<?>> values) {

    /** Whether the cache itself is in the file. */
    boolean declared() {
        return own != null;
    }

    /** Whether a setting comes from a template or from the defaults, which speak of many caches. */
    boolean inherits(Setting<?> setting) {
        return values.containsKey(setting) && (own == null || !own.values().containsKey(setting));
    }

    @SuppressWarnings("unchecked") // a value is put under its own setting only
    <T> @Nullable Value<T> get(Setting<T> setting) {
        return (Value<T>) values.get(setting);
    }

    /** Returns what stands under a setting, or another value if nothing does. */
    <T> T or(Setting<T> setting, T otherwise) {
        Value<T> found = get(setting);
        return found == null ? otherwise : found.value();
    }
}
