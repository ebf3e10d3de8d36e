package dev.larder.benchmarks.subject;

/** Makes caches of one library. */
public interface Subject extends AutoCloseable {

    /**
     * Makes a new, empty cache.
     *
     * @throws UnsupportedOperationException if the library has no such cache; the message says what it lacks
     */
    Target open(CacheSpec spec);

    /** Makes the cache that a user gets who says nothing: a provider's with a plain {@code MutableConfiguration}. */
    default Target openPlain() {
        return open(CacheSpec.PLAIN);
    }

    /** Closes all caches and ends the threads of the library. */
    @Override
    void close();
}
