package dev.larder.patterns.write;

/**
 * Takes what is to be written or deleted: a function that may fail.
 *
 * @param <T> what it takes
 */
@FunctionalInterface
public interface Sink<T> {

    /** Takes it. */
    void accept(T taken) throws Exception;
}
