package dev.larder.annotations.spi;

/**
 * Is told when a cache fails in a call of an annotated method. If it returns, the call goes on as if the cache were not there; what it throws reaches
 * the caller.
 */
@FunctionalInterface
public interface FailureHandler {

    /**
     * Decides what comes of it.
     *
     * @param cache the name of the cache
     * @param operation what was tried, for example {@code get}
     * @param failure what the cache threw
     */
    void failed(String cache, String operation, RuntimeException failure);

    /** Returns one that lets every failure reach the caller. */
    static FailureHandler rethrowing() {
        return (cache, operation, failure) -> {
            throw failure;
        };
    }

    /**
     * Returns one that logs, the 1st, 2nd, 4th, 8th and so on as a warning and the others for debugging, and lets the call go on. It rethrows what
     * shows a mistake of the program: a {@link ClassCastException}, {@link IllegalArgumentException}, {@link NullPointerException} or
     * {@link UnsupportedOperationException}.
     */
    static FailureHandler logging() {
        return new LoggingFailureHandler();
    }
}
