package dev.larder.jcache.internal.load;

import org.jspecify.annotations.Nullable;

/**
 * What the loads of a cache have beside the loader, where its settings ask for it.
 *
 * @param <K> the type of key
 * @param memory remembers loads that brought nothing, or null if none does
 */
public record LoadParts<K>(@Nullable LoadMemory<K> memory) {

    /** Returns the parts of a cache whose settings ask for nothing. */
    public static <K> LoadParts<K> none() {
        return new LoadParts<>(null);
    }
}
