package dev.larder.patterns.write;

/**
 * Writes an entry: a function that may fail.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
@FunctionalInterface
public interface EntrySink<K, V> {

    /** Writes it. */
    void write(K key, V value) throws Exception;
}
