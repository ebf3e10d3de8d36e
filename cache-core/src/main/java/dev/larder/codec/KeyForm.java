package dev.larder.codec;

import org.jspecify.annotations.Nullable;

/**
 * Takes keys of a class apart that is nothing but its parts in their order, and puts them together again. With it such keys can be in stores of bytes, where their parts stand for them and no name of a class
 * does; and they are copied part by part.
 *
 * <p>It is for libraries that wrap what their users have as a key, as cache-annotations does. Implementations are safe for use by many threads.
 *
 * @param <K> the class of the keys
 */
public interface KeyForm<K> {

    /** Returns the class of the keys; those of a subclass are no such keys. */
    Class<K> type();

    /** Returns the parts of a key, in an array that the caller may change. */
    @Nullable
    Object[] partsOf(K key);

    /** Returns the key of these parts, equal to every other of equal parts. The array is handed over. */
    K of(@Nullable Object[] parts);
}
