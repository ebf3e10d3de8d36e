package dev.larder.annotations.internal.region;

import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.spi.FailureHandler;

/**
 * Hands what a cache threw in the calls of a method to who decides on it.
 *
 * @param method whose calls they are
 */
record Failures(MethodModel method, FailureHandler handler) {

    void failed(String cache, String operation, RuntimeException failure) {
        handler.failed(cache, operation, isOfKey(failure) ? mistake(failure) : failure);
    }

    private static boolean isOfKey(RuntimeException failure) {
        try {
            return UnfitKeys.isOne(failure);
        } catch (LinkageError e) {
            return false; // no Larder on the class path
        }
    }

    /** A mistake of the program: no call will ever be answered from that cache. */
    private IllegalArgumentException mistake(RuntimeException failure) {
        return new IllegalArgumentException(
                method.getMethod() + " has a parameter that cannot be in a key of its cache: " + failure.getMessage()
                        + "; mark the parameters that suffice with @CacheKey, name a cacheKeyGenerator, or set bareKeys where the only parameter is a key that the cache can store",
                failure);
    }
}
